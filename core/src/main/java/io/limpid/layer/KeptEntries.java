package io.limpid.layer;

import io.limpid.model.LayerEntry;
import io.limpid.model.Limits;
import io.limpid.model.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is kept of a layer so far, as much of it as the limits allow: entries that matter, wanted files, problems. */
final class KeptEntries {
    private final int layer;
    private final Limits limits;
    private final long share;
    private final List<LayerEntry> entries = new ArrayList<>();
    private final List<LayerFile> files = new ArrayList<>();
    private final Map<String, String> unread = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int unlistedProblems;
    private long wantedBytes;
    private boolean limited;

    /**
     * @param share how many bytes of wanted files may be held, where the limits allow more
     */
    KeptEntries(int layer, Limits limits, long share) {
        this.layer = layer;
        this.limits = limits;
        this.share = share;
    }

    List<LayerEntry> entries() {
        return entries;
    }

    List<LayerFile> files() {
        return files;
    }

    Map<String, String> unread() {
        return unread;
    }

    List<Problem> problems() {
        if (unlistedProblems == 0) {
            return problems;
        }
        List<Problem> all = new ArrayList<>(problems);
        all.add(new Problem(layer, null, unlistedProblems + " more entries with problems like these"));
        return all;
    }

    /** Whether a limit kept something from being read. */
    boolean limited() {
        return limited;
    }

    /** Takes note that a limit keeps something from being read. */
    void limit() {
        limited = true;
    }

    /**
     * Adds an entry.
     *
     * @throws IOException when there are more than the limits allow
     */
    void add(LayerEntry entry) throws IOException {
        if (entries.size() >= limits.wantedEntries()) {
            limited = true;
            throw new IOException(
                    "it has more than " + limits.wantedEntries() + " entries that matter (limit wanted-entries)");
        }
        entries.add(entry);
    }

    void problem(String path, String what) {
        if (problems.size() < limits.problems()) {
            problems.add(new Problem(layer, path, what));
        } else {
            unlistedProblems++;
        }
    }

    /** Whether a link's target is one that a file system can hold; told when not. */
    boolean isTarget(String path, String target) {
        if (target.length() > limits.pathBytes()) {
            problem(
                    path,
                    "it is a link whose target has more than " + limits.pathBytes() + " bytes (limit path-bytes)");
            return false;
        }
        if (isMended(target)) {
            problem(path, "it is a link whose target is not UTF-8: where it leads to may be missing");
        }
        return true;
    }

    /** Tells when a name is not UTF-8. */
    void checkName(String path) {
        if (isMended(path)) {
            problem(path, "its name is not UTF-8: it may be another, and what it holds be missing");
        }
    }

    /** Whether bytes that are no UTF-8 were replaced. */
    private static boolean isMended(String text) {
        return text.indexOf('\ufffd') >= 0;
    }

    /**
     * Whether there is room for the content of a file; told when not.
     *
     * @throws CrowdedException when there would be if the layer were read alone
     */
    boolean takes(String path, long size) throws CrowdedException {
        unread.remove(path);
        if (size > limits.fileBytes() || wantedBytes + size > limits.wantedBytes()) {
            limited = true;
            unread.put(
                    path,
                    size > limits.fileBytes()
                            ? "it has " + size + " bytes, more than " + limits.fileBytes() + " (limit file-bytes)"
                            : "with it the layer's files to read have more than " + limits.wantedBytes()
                                    + " bytes (limit wanted-bytes)");
            return false;
        }
        if (wantedBytes + size > share) {
            throw new CrowdedException(share);
        }
        return true;
    }

    /** Adds the content of a file, for which there is room. */
    void file(String path, byte[] content) {
        wantedBytes += content.length;
        files.add(new LayerFile(path, content));
    }

    /** Takes note of a wanted file that could not be read. */
    void unread(String path, String why) {
        unread.put(path, why);
    }
}
