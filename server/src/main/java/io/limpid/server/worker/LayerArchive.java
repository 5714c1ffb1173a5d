package io.limpid.server.worker;

import io.limpid.format.PeekedInputStream;
import io.limpid.format.compress.Compression;
import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarReader;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a layer's archive as Clair does, in one pass, and keeps the files that detectors look at.
 *
 * <p>All names that begin with the name of such a file count for the bound of a file's size; links are empty files; of two entries of one name the later
 * counts; whiteouts are names like any other. The archive is read to its end, and none is known of one that breaks off.
 */
final class LayerArchive {
    /** The most that the original reads of a file. */
    static final long MOST_OF_A_FILE = 200L << 20;

    private static final int WINDOW = 1 << 16;
    private static final int BULKY_BYTES = 8 << 20;
    private static final byte[] HERE = {'.', '/'};

    private final Limits limits;
    private final List<byte[]> prefixes = new ArrayList<>();
    private final Set<String> wanted;

    /**
     * @param files the names of the files that detectors look at
     * @param limits bounds the archive and what is kept of it
     */
    LayerArchive(LayerFormat format, Set<String> files, Limits limits) {
        this.limits = limits;
        // A file that keeps its folder's name is none that a detector knows.
        this.wanted = format.folder().isEmpty() ? Set.copyOf(files) : Set.of();
        files.forEach(name -> prefixes.add((format.folder() + name).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads the archive.
     *
     * @param stored its bytes, compressed or not
     * @param claimed the digest that the bytes, stored or plain, must have, or null
     * @throws ClairException {@code ARCHIVE_BROKEN}, {@code FILE_TOO_BIG}
     */
    LayerFiles read(InputStream stored, @Nullable Digest claimed, WorkDeadline deadline, BulkyWork.Leave leave)
            throws ClairException {
        boolean hashed = claimed != null;
        try (PassingBytes bytes = new PassingBytes(stored, limits.layerBytes(), deadline, hashed)) {
            PeekedInputStream in = new PeekedInputStream(bytes, Compression.MAGIC_BYTES);
            Compression compression = sniff(in.first());
            if (compression == Compression.XZ) {
                leave.ask();
            }
            InputStream decoded = new DecodedBytes(compression.open(in, limits), compression);
            PassingBytes plain =
                    new PassingBytes(decoded, limits.layerBytes(), deadline, hashed && compression != Compression.NONE);
            try (plain) {
                LayerFiles files = walk(new TarReader(plain, limits, WINDOW), leave);
                // Both, so that all bytes pass.
                Digest inside = plain.digest();
                Digest outside = bytes.digest();
                if (claimed != null && !claimed.equals(inside) && !claimed.equals(outside)) {
                    throw broken(new LimpidException(
                            ErrorCode.BROKEN_IMAGE,
                            "the layer is not what its name says: its bytes have the digest " + outside,
                            null,
                            "worker.fetch_policy clair takes any name"));
                }
                return files;
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Clair's formats, told by the first bytes of at least {@link Compression#MAGIC_BYTES}; it knows no zstd. */
    private static Compression sniff(byte[] first) {
        if (first.length < Compression.MAGIC_BYTES) {
            return Compression.NONE;
        }
        Compression compression = Compression.of(first);
        return compression == Compression.ZSTD ? Compression.NONE : compression;
    }

    private LayerFiles walk(TarReader tar, BulkyWork.Leave leave) throws IOException, ClairException {
        Map<String, byte[]> kept = new LinkedHashMap<>();
        long bytes = 0;
        int entries = 0;
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            if (++entries > limits.layerEntries()) {
                throw limit("the layer has more than " + limits.layerEntries() + " entries (limit layer-entries)");
            }
            if (entry.headerSkipped()) {
                throw limit("a header of the archive has more than " + limits.headerBytes()
                        + " bytes (limit header-bytes)");
            }
            if (!isNamedLikeWanted(entry.nameBytes())) {
                continue;
            }
            if (Math.max(entry.size(), entry.statedSize()) > MOST_OF_A_FILE) {
                throw new ClairException(ClairError.FILE_TOO_BIG);
            }
            String name = name(entry);
            if (wanted.contains(name) && hasContent(entry.kind())) {
                byte[] before = kept.remove(name);
                bytes -= before == null ? 0 : before.length;
                bytes += entry.size();
                if (bytes > limits.wantedBytes()) {
                    throw limit("the files that are read have more than " + limits.wantedBytes()
                            + " bytes (limit wanted-bytes)");
                }
                if (bytes > BULKY_BYTES) {
                    leave.ask();
                }
                boolean file = entry.kind() == TarEntry.Kind.FILE;
                kept.put(name, file ? tar.readContent(MOST_OF_A_FILE) : new byte[0]);
            }
        }
        List<LayerFile> files = new ArrayList<>();
        kept.forEach((name, content) -> files.add(new LayerFile(name, content)));
        return LayerFiles.of(files);
    }

    private static boolean hasContent(TarEntry.Kind kind) {
        return switch (kind) {
            case FILE, SYMBOLIC_LINK, HARD_LINK -> true;
            case DIRECTORY, OTHER -> false;
        };
    }

    private boolean isNamedLikeWanted(byte[] name) {
        int from = startsWith(name, 0, HERE) ? HERE.length : 0;
        for (byte[] prefix : prefixes) {
            if (startsWith(name, from, prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] name, int from, byte[] prefix) {
        if (name.length - from < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (name[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static String name(TarEntry entry) {
        String name = entry.name();
        return name.startsWith("./") ? name.substring(2) : name;
    }

    private static LimpidException limit(String what) {
        return new LimpidException(ErrorCode.LIMIT, what, null, null);
    }

    private static ClairException broken(IOException cause) {
        return new ClairException(ClairError.ARCHIVE_BROKEN, cause);
    }
}
