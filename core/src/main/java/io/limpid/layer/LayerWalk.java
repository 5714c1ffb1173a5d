package io.limpid.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarException;
import io.limpid.format.tar.TarReader;
import io.limpid.model.LayerEntry;
import io.limpid.model.Limits;
import io.limpid.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One walk over the entries of a layer: decides each by its header, reads what is wanted, remembers what lies on the way. */
final class LayerWalk {
    private static final byte[] WHITEOUT = ".wh.".getBytes(UTF_8);
    /** Names that AUFS kept for itself; the opaque mark is one of them. */
    private static final String RESERVED = ".wh.";

    private static final String OPAQUE = ".wh..opq";

    private final int layer;
    private final PathMatcher matcher;
    private final Limits limits;
    private final long share;
    private final List<LayerEntry> entries = new ArrayList<>();
    private final List<LayerFile> files = new ArrayList<>();
    private final Map<String, String> unread = new HashMap<>();
    private final Set<String> linked = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private int unlistedProblems;
    private long wantedBytes;
    private boolean limited;
    private @Nullable TarReader reader;

    /**
     * @param share how many bytes of wanted files may be held, where the limits allow more
     */
    LayerWalk(int layer, PathQuery query, Limits limits, long share) {
        this.layer = layer;
        this.matcher = new PathMatcher(query);
        this.limits = limits;
        this.share = share;
    }

    /** Walks to the end of the archive; what was found before an exception stays found. */
    void run(InputStream tar, int windowBytes) throws IOException {
        TarReader tarReader = new TarReader(tar, limits, windowBytes);
        reader = tarReader;
        int count = 0;
        for (TarEntry entry = tarReader.next(); entry != null; entry = tarReader.next()) {
            if (++count > limits.layerEntries()) {
                limited = true;
                throw new TarException("it has more than " + limits.layerEntries() + " entries (limit layer-entries)");
            }
            visit(entry, tarReader);
        }
    }

    boolean endMarkerSeen() {
        return reader != null && reader.endMarkerSeen();
    }

    long position() {
        return reader == null ? 0 : reader.position();
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

    private void visit(TarEntry entry, TarReader tarReader) throws IOException {
        byte[] name = entry.nameBytes();
        if (entry.headerSkipped()) {
            limited = true;
            problem(
                    shown(name),
                    "an extended header of this entry is larger than " + limits.headerBytes()
                            + " bytes (limit header-bytes) and was not read: its name or size may be another");
        }
        byte[] path = EntryPath.normalized(name);
        if (path.length > limits.pathBytes()) {
            // No wanted file has so long a path.
            return;
        }
        // Such parts make the path shorter than the name.
        if (path.length < name.length && EntryPath.climbs(name)) {
            problem(shown(name), "the name leads out of the image's root");
        }
        int base = baseStart(path);
        if (startsWith(path, base, WHITEOUT)) {
            whiteout(path, base);
            return;
        }
        int match = matcher.match(path);
        if (match != 0) {
            String text = new String(path, UTF_8);
            if (isMended(text)) {
                problem(text, "its name is not UTF-8: it may be another, and what it holds be missing");
            }
            keep(entry, text, match, tarReader);
        }
    }

    private void whiteout(byte[] path, int base) throws TarException {
        String folder = new String(path, 0, Math.max(base - 1, 0), UTF_8);
        String hidden = new String(path, base + WHITEOUT.length, path.length - base - WHITEOUT.length, UTF_8);
        if (hidden.equals(OPAQUE)) {
            if (matcher.match(folder.getBytes(UTF_8)) != 0) {
                add(new LayerEntry.OpaqueFolder(folder));
            }
            return;
        }
        if (hidden.startsWith(RESERVED) || hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            return;
        }
        String target = folder.isEmpty() ? hidden : folder + "/" + hidden;
        if (matcher.match(target.getBytes(UTF_8)) != 0) {
            add(new LayerEntry.Whiteout(target));
        }
    }

    private void keep(TarEntry entry, String path, int match, TarReader tarReader) throws IOException {
        switch (entry.kind()) {
            case FILE -> {
                if (linked.contains(path)) {
                    // The link keeps the first content, and of equal paths only the last is read.
                    problem(
                            path,
                            "it stands twice in the layer with a hard link to it between: what the link's name holds"
                                    + " was not read");
                }
                add(new LayerEntry.RegularFile(path));
                if ((match & PathMatcher.READ) != 0) {
                    read(entry, path, tarReader);
                }
            }
            case DIRECTORY -> add(new LayerEntry.Folder(path));
            case SYMBOLIC_LINK -> {
                if (isTarget(path, entry.linkName())) {
                    add(new LayerEntry.SymbolicLink(path, entry.linkName()));
                }
            }
            case HARD_LINK -> {
                if (!isTarget(path, entry.linkName())) {
                    return;
                }
                String target = new String(EntryPath.normalized(entry.linkName().getBytes(UTF_8)), UTF_8);
                linked.add(target);
                add(new LayerEntry.HardLink(path, target));
            }
            case OTHER -> add(new LayerEntry.OtherFile(path));
        }
    }

    /** Whether a link's target is one that a file system can hold; told when not. */
    private boolean isTarget(String path, String target) {
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

    /** Whether bytes that are no UTF-8 were replaced. */
    private static boolean isMended(String text) {
        return text.indexOf('\ufffd') >= 0;
    }

    private void read(TarEntry entry, String path, TarReader tarReader) throws IOException {
        unread.remove(path);
        long size = entry.size();
        if (size > limits.fileBytes() || wantedBytes + size > limits.wantedBytes()) {
            limited = true;
            unread.put(
                    path,
                    size > limits.fileBytes()
                            ? "it has " + size + " bytes, more than " + limits.fileBytes() + " (limit file-bytes)"
                            : "with it the layer's files to read have more than " + limits.wantedBytes()
                                    + " bytes (limit wanted-bytes)");
            return;
        }
        if (wantedBytes + size > share) {
            throw new CrowdedException(share);
        }
        wantedBytes += size;
        files.add(new LayerFile(path, tarReader.readContent(limits.fileBytes())));
    }

    private void add(LayerEntry entry) throws TarException {
        if (entries.size() >= limits.wantedEntries()) {
            limited = true;
            throw new TarException(
                    "it has more than " + limits.wantedEntries() + " entries that matter (limit wanted-entries)");
        }
        entries.add(entry);
    }

    private void problem(String path, String what) {
        if (problems.size() < limits.problems()) {
            problems.add(new Problem(layer, path, what));
        } else {
            unlistedProblems++;
        }
    }

    private static String shown(byte[] name) {
        int longest = 200;
        return name.length <= longest ? new String(name, UTF_8) : new String(name, 0, longest, UTF_8) + "...";
    }

    private static int baseStart(byte[] path) {
        int at = path.length;
        while (at > 0 && path[at - 1] != '/') {
            at--;
        }
        return at;
    }

    private static boolean startsWith(byte[] path, int from, byte[] prefix) {
        if (path.length - from < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (path[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
