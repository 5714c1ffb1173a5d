package io.limpid.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarException;
import io.limpid.format.tar.TarReader;
import io.limpid.model.LayerEntry;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One walk over the entries of a layer: decides each by its header, reads what is wanted, remembers what lies on the way. */
final class LayerWalk {
    /** A window for archives of whose contents nothing is to be read but what is wanted. */
    static final int HEADERS_ONLY = 0;

    private static final byte[] WHITEOUT = ".wh.".getBytes(UTF_8);
    /** Names that AUFS kept for itself; the opaque mark is one of them. */
    private static final String RESERVED = ".wh.";

    private static final String OPAQUE = ".wh..opq";

    private final PathMatcher matcher;
    private final Limits limits;
    private final KeptEntries kept;
    private final Set<String> linked = new HashSet<>();
    private @Nullable TarReader reader;

    /**
     * @param share how many bytes of wanted files may be held, where the limits allow more
     */
    LayerWalk(int layer, PathQuery query, Limits limits, long share) {
        this.matcher = new PathMatcher(query);
        this.limits = limits;
        this.kept = new KeptEntries(layer, limits, share);
    }

    /** Walks to the end of the archive; what was found before an exception stays found. */
    void run(InputStream tar, int windowBytes) throws IOException {
        TarReader tarReader = new TarReader(tar, limits, windowBytes, windowBytes == HEADERS_ONLY);
        reader = tarReader;
        int count = 0;
        for (TarEntry entry = tarReader.next(); entry != null; entry = tarReader.next()) {
            if (++count > limits.layerEntries()) {
                kept.limit();
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

    KeptEntries kept() {
        return kept;
    }

    private void visit(TarEntry entry, TarReader tarReader) throws IOException {
        byte[] name = entry.nameBytes();
        if (entry.headerSkipped()) {
            kept.limit();
            kept.problem(
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
            kept.problem(shown(name), "the name leads out of the image's root");
        }
        int base = baseStart(path);
        if (startsWith(path, base, WHITEOUT)) {
            whiteout(path, base);
            return;
        }
        int match = matcher.match(path);
        if (match != 0) {
            String text = new String(path, UTF_8);
            kept.checkName(text);
            keep(entry, text, match, tarReader);
        }
    }

    private void whiteout(byte[] path, int base) throws IOException {
        String folder = new String(path, 0, Math.max(base - 1, 0), UTF_8);
        String hidden = new String(path, base + WHITEOUT.length, path.length - base - WHITEOUT.length, UTF_8);
        if (hidden.equals(OPAQUE)) {
            if (matcher.match(folder.getBytes(UTF_8)) != 0) {
                kept.add(new LayerEntry.OpaqueFolder(folder));
            }
            return;
        }
        if (hidden.startsWith(RESERVED) || hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            return;
        }
        String target = folder.isEmpty() ? hidden : folder + "/" + hidden;
        if (matcher.match(target.getBytes(UTF_8)) != 0) {
            kept.add(new LayerEntry.Whiteout(target));
        }
    }

    private void keep(TarEntry entry, String path, int match, TarReader tarReader) throws IOException {
        switch (entry.kind()) {
            case FILE -> {
                if (linked.contains(path)) {
                    // The link keeps the first content, and of equal paths only the last is read.
                    kept.problem(
                            path,
                            "it stands twice in the layer with a hard link to it between: what the link's name holds"
                                    + " was not read");
                }
                kept.add(new LayerEntry.RegularFile(path));
                if ((match & PathMatcher.READ) != 0) {
                    read(entry, path, tarReader);
                }
            }
            case DIRECTORY -> kept.add(new LayerEntry.Folder(path));
            case SYMBOLIC_LINK -> {
                if (kept.isTarget(path, entry.linkName())) {
                    kept.add(new LayerEntry.SymbolicLink(path, entry.linkName()));
                }
            }
            case HARD_LINK -> {
                if (!kept.isTarget(path, entry.linkName())) {
                    return;
                }
                String target = new String(EntryPath.normalized(entry.linkName().getBytes(UTF_8)), UTF_8);
                linked.add(target);
                kept.add(new LayerEntry.HardLink(path, target));
            }
            case OTHER -> kept.add(new LayerEntry.OtherFile(path));
        }
    }

    private void read(TarEntry entry, String path, TarReader tarReader) throws IOException {
        if (kept.takes(path, entry.size())) {
            kept.file(path, tarReader.readContent(limits.fileBytes()));
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
