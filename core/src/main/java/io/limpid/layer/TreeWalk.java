package io.limpid.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.image.FileTree;
import io.limpid.image.OpenFolder;
import io.limpid.model.LayerEntry;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * One walk over a layer that lies unpacked: only the folders that lead to something wanted are opened.
 *
 * <p>Links are told, not followed: where they lead to in the image is for who lays the layers over each other to say. So nothing outside the
 * folder is read, whatever is in it and whoever changes it meanwhile.
 */
final class TreeWalk {
    /** What kernels make up: nothing in it was installed, and some of it does something when it is read. */
    private static final Set<String> MADE_UP = Set.of(
            "autofs",
            "binfmt_misc",
            "bpf",
            "cgroup",
            "cgroup2",
            "configfs",
            "debugfs",
            "devpts",
            "devtmpfs",
            "efivarfs",
            "fusectl",
            "hugetlbfs",
            "mqueue",
            "nsfs",
            "proc",
            "pstore",
            "rpc_pipefs",
            "securityfs",
            "selinuxfs",
            "sysfs",
            "tracefs");

    private final PathMatcher matcher;
    private final Limits limits;
    private final KeptEntries kept;
    private int seen;

    /** Something that matters, in the folder that is being walked. */
    private record Candidate(Path name, String path, int match) {}

    /**
     * @param share how many bytes of wanted files may be held, where the limits allow more
     */
    TreeWalk(int layer, PathQuery query, Limits limits, long share) {
        this.matcher = new PathMatcher(query);
        this.limits = limits;
        this.kept = new KeptEntries(layer, limits, share);
    }

    KeptEntries kept() {
        return kept;
    }

    /** Walks all that is wanted; what was found before an exception stays found. */
    void run(FileTree tree) throws IOException {
        try (OpenFolder root = tree.open()) {
            walk(root, "", 1, root.attributes());
        }
    }

    private void walk(OpenFolder folder, String path, int depth, BasicFileAttributes self) throws IOException {
        // Names come in no order, and the same tree is to give the same facts.
        List<Candidate> candidates = candidates(folder, path);
        candidates.sort(Comparator.comparing(Candidate::path));
        for (Candidate candidate : candidates) {
            kept.checkName(candidate.path);
            try {
                visit(folder, candidate, depth, self);
            } catch (NoSuchFileException _) {
                kept.problem(candidate.path, "it was gone or another when it was to be read");
            } catch (FileSystemException e) {
                kept.problem(candidate.path, "it cannot be looked at (" + reason(e) + "): what it is is not known");
            }
        }
    }

    private List<Candidate> candidates(OpenFolder folder, String path) throws IOException {
        byte[] prefix = path.isEmpty() ? new byte[0] : (path + "/").getBytes(UTF_8);
        List<Candidate> candidates = new ArrayList<>();
        try {
            for (Iterator<Path> names = folder.names(); names.hasNext(); ) {
                if (++seen > limits.layerEntries()) {
                    kept.limit();
                    throw new IOException(
                            "it has more than " + limits.layerEntries() + " entries (limit layer-entries)");
                }
                Path name = names.next();
                byte[] whole = joined(prefix, folder.bytes(name));
                // No wanted file has so long a path.
                int match = whole.length > limits.pathBytes() ? 0 : matcher.match(whole);
                if (match != 0) {
                    if (candidates.size() >= limits.wantedEntries()) {
                        kept.limit();
                        throw new IOException("a folder has more than " + limits.wantedEntries()
                                + " entries that matter (limit wanted-entries)");
                    }
                    candidates.add(new Candidate(name, new String(whole, UTF_8), match));
                }
            }
        } catch (DirectoryIteratorException e) {
            kept.problem(path, "the list of what is in this folder breaks off: " + e.getMessage());
        }
        return candidates;
    }

    private void visit(OpenFolder folder, Candidate candidate, int depth, BasicFileAttributes parent)
            throws IOException {
        String path = candidate.path;
        BasicFileAttributes attributes = folder.attributes(candidate.name);
        if (attributes.isSymbolicLink()) {
            String target = folder.target(candidate.name, attributes);
            if (kept.isTarget(path, target)) {
                kept.add(new LayerEntry.SymbolicLink(path, target));
            }
        } else if (attributes.isDirectory()) {
            kept.add(new LayerEntry.Folder(path));
            if ((candidate.match & PathMatcher.ANCESTOR) != 0 && isEntered(folder, candidate, attributes, parent)) {
                enter(folder, candidate, depth, attributes);
            }
        } else if (attributes.isRegularFile()) {
            kept.add(new LayerEntry.RegularFile(path));
            if ((candidate.match & PathMatcher.READ) != 0) {
                read(folder, candidate, attributes.size());
            }
        } else {
            kept.add(new LayerEntry.OtherFile(path));
        }
    }

    private boolean isEntered(
            OpenFolder folder, Candidate candidate, BasicFileAttributes attributes, BasicFileAttributes parent) {
        if (OpenFolder.device(attributes).equals(OpenFolder.device(parent))) {
            return true;
        }
        String kind = folder.fileSystem(candidate.name);
        if (kind != null && MADE_UP.contains(kind)) {
            kept.problem(
                    candidate.path,
                    "a file system that the kernel makes up (" + kind + ") begins here and is not read: what is wanted"
                            + " in it is missing");
            return false;
        }
        return true;
    }

    private void enter(OpenFolder folder, Candidate candidate, int depth, BasicFileAttributes attributes)
            throws IOException {
        if (depth >= limits.folderDepth()) {
            kept.limit();
            kept.problem(
                    candidate.path,
                    "it is a folder in " + depth + " others (limit folder-depth): what is in it is missing");
            return;
        }
        OpenFolder inner;
        try {
            inner = folder.folder(candidate.name);
        } catch (FileSystemException e) {
            kept.problem(candidate.path, "this folder cannot be read (" + reason(e) + "): what is in it is missing");
            return;
        }
        try (inner) {
            walk(inner, candidate.path, depth + 1, attributes);
        }
    }

    private void read(OpenFolder folder, Candidate candidate, long size) throws IOException {
        String path = candidate.path;
        if (!kept.takes(path, size)) {
            return;
        }
        try (SeekableByteChannel channel = folder.file(candidate.name);
                InputStream in = Channels.newInputStream(channel)) {
            // It may be longer by now than it was.
            byte[] content = in.readNBytes((int) Math.min(size + 1, Integer.MAX_VALUE - 8));
            if (content.length == size) {
                kept.file(path, content);
            } else {
                kept.unread(path, "its length changed while it was read");
            }
        } catch (IOException e) {
            kept.unread(path, reason(e));
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException named -> named.getReason() == null ? "it is gone" : named.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static byte[] joined(byte[] prefix, byte[] name) {
        byte[] all = new byte[prefix.length + name.length];
        System.arraycopy(prefix, 0, all, 0, prefix.length);
        System.arraycopy(name, 0, all, prefix.length, name.length);
        return all;
    }
}
