package io.limpid.image;

import io.limpid.format.compress.Compression;
import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarException;
import io.limpid.format.tar.TarReader;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.PlainPath;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries of an image archive, a tar file, by name; its headers are walked once. */
final class ArchiveFolder implements BlobFolder {
    /** Where skipping is free little is read ahead; where bytes have to be inflated anyway, much. */
    private static final int SEEKING_WINDOW = 1 << 12;

    private static final int STREAMING_WINDOW = 1 << 16;
    /** Manifests and configurations are small; keeping them saves a compressed archive from being inflated again for each. */
    private static final int KEPT_FILE_BYTES = 1 << 16;

    private static final int KEPT_BYTES = 1 << 24;

    /** All names and link targets. */
    private static final int NAME_BYTES = 1 << 26;

    private record Member(TarEntry.Kind kind, long offset, long size, String linkName, boolean sparse) {}

    private final String file;
    private final Limits limits;
    private final ArchiveBytes bytes;
    private final Map<String, Member> members = new HashMap<>();
    private final Map<String, KeptBlob> kept = new HashMap<>();
    private int keptBytes;
    private long nameBytes;

    private ArchiveFolder(String file, Limits limits, ArchiveBytes bytes) {
        this.file = file;
        this.limits = limits;
        this.bytes = bytes;
    }

    /**
     * Walks an archive that may be compressed as a whole.
     *
     * @throws LimpidException when the file is no tar archive or is cut short
     */
    static ArchiveFolder open(Path file, Limits limits) throws IOException {
        return open(file.toString(), ArchiveBytes.open(file, limits), limits);
    }

    /** Walks an archive that comes as a stream. */
    static ArchiveFolder open(String name, InputStream stream, Limits limits) throws IOException {
        return open(name, ArchiveBytes.open(name, stream, limits), limits);
    }

    private static ArchiveFolder open(String name, ArchiveBytes bytes, Limits limits) throws IOException {
        try {
            ArchiveFolder folder = new ArchiveFolder(name, limits, bytes);
            folder.walk();
            return folder;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public @Nullable Blob find(String name) throws IOException {
        String path = inside(PlainPath.of(name));
        for (int hops = 0; path != null && hops <= limits.linkHops(); hops++) {
            KeptBlob content = kept.get(path);
            if (content != null) {
                return content;
            }
            Member member = members.get(path);
            if (member == null) {
                return null;
            }
            switch (member.kind) {
                case FILE -> {
                    return blob(path, member);
                }
                case SYMBOLIC_LINK -> path = inside(PlainPath.of(path).linked(member.linkName));
                case HARD_LINK -> path = inside(PlainPath.of(member.linkName));
                case DIRECTORY, OTHER -> {
                    return null;
                }
            }
        }
        return null;
    }

    @Override
    public String description() {
        return file;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private Blob blob(String path, Member member) throws LimpidException {
        if (member.sparse) {
            throw new LimpidException(
                    ErrorCode.BROKEN_IMAGE,
                    file + " cannot be read",
                    "its entry " + path + " is a sparse file",
                    "save the image again, without 'tar --sparse'");
        }
        return bytes.blob(member.offset, member.size);
    }

    private void walk() throws IOException {
        if (bytes.storedSize() == 0) {
            throw notAnImage("it is empty");
        }
        boolean seeking = bytes.compression() == Compression.NONE;
        try (InputStream in = bytes.open()) {
            TarReader reader = new TarReader(in, limits, seeking ? SEEKING_WINDOW : STREAMING_WINDOW);
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                add(entry, reader, seeking);
            }
        } catch (TarException e) {
            throw members.isEmpty() ? notAnImage(noTar(e)) : broken(String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            // Less than one header tells nothing of an archive.
            throw members.isEmpty()
                    ? notAnImage("it is no tar archive (" + e.getMessage() + ")")
                    : broken("it is cut short: " + e.getMessage());
        } catch (LimpidException e) {
            throw e;
        } catch (IOException e) {
            throw seeking ? e : broken(String.valueOf(e.getMessage()));
        }
        if (members.isEmpty()) {
            throw notAnImage("it is a tar archive without entries");
        }
    }

    private void add(TarEntry entry, TarReader reader, boolean seeking) throws IOException {
        if (members.size() >= limits.archiveEntries()) {
            throw new LimpidException(
                    ErrorCode.LIMIT,
                    file + " cannot be read",
                    "it has more than " + limits.archiveEntries() + " entries (limit archive-entries)",
                    null);
        }
        nameBytes += entry.nameBytes().length + entry.linkName().length();
        if (entry.nameBytes().length > limits.pathBytes()
                || entry.linkName().length() > limits.pathBytes()
                || entry.headerSkipped()
                || nameBytes > NAME_BYTES) {
            throw broken("an entry's name, link target or header is too long, or all together are");
        }
        String path = inside(PlainPath.of(entry.name()));
        if (path == null) {
            // A name that climbs out of the archive can be no manifest's entry.
            return;
        }
        long offset = entry.dataOffset();
        kept.remove(path);
        members.put(path, new Member(entry.kind(), offset, entry.storedSize(), entry.linkName(), entry.isSparse()));
        boolean small = entry.size() <= KEPT_FILE_BYTES && keptBytes + entry.size() <= KEPT_BYTES;
        if (!seeking && small && entry.kind() == TarEntry.Kind.FILE && !entry.isSparse()) {
            kept.put(path, new KeptBlob(bytes, offset, reader.readContent(KEPT_FILE_BYTES)));
            keptBytes += (int) entry.size();
        }
    }

    private String noTar(TarException e) {
        return bytes.compression() == Compression.NONE
                ? "it is no tar archive (" + e.getMessage() + ")"
                : "what its " + bytes.compression() + " data hold is no tar archive (" + e.getMessage() + ")";
    }

    private LimpidException notAnImage(String reason) {
        return new LimpidException(
                ErrorCode.NOT_AN_IMAGE,
                file + " is no image archive",
                reason,
                "make one with 'docker save -o FILE IMAGE' or 'skopeo copy docker://IMAGE oci-archive:FILE'");
    }

    private LimpidException broken(String reason) {
        return new LimpidException(
                ErrorCode.BROKEN_IMAGE, file + " cannot be read", reason, "save or download the image again");
    }

    /** The name in its one form; null when it leads out of the archive or is its root: nothing that a manifest names. */
    private static @Nullable String inside(PlainPath path) {
        return path.climbs() || path.parts().isEmpty() ? null : path.toString();
    }

    /** A small blob whose bytes were kept when the archive was walked; there is one for each entry. */
    private static final class KeptBlob implements Blob {
        private final ArchiveBytes archive;
        private final long offset;
        private final byte[] content;

        KeptBlob(ArchiveBytes archive, long offset, byte[] content) {
            this.archive = archive;
            this.offset = offset;
            this.content = content;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public @Nullable FilePlace place() {
            return null;
        }

        @Override
        public @Nullable FilePlace identity() {
            return archive.identity(offset);
        }

        @Override
        public boolean isUnchanged() {
            return archive.isUnchanged();
        }
    }
}
