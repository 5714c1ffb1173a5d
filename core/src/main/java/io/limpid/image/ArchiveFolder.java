package io.limpid.image;

import io.limpid.format.compress.Compression;
import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarException;
import io.limpid.format.tar.TarReader;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
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

    private final String file;
    private final Limits limits;
    private final ArchiveBytes bytes;
    private final ArchiveMembers members;
    private final Map<String, KeptBlob> kept = new HashMap<>();
    private int keptBytes;

    private ArchiveFolder(String file, Limits limits, ArchiveBytes bytes) {
        this.file = file;
        this.limits = limits;
        this.bytes = bytes;
        this.members = new ArchiveMembers(file, limits);
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
        ArchiveMembers.Member member = members.find(name);
        if (member == null) {
            return null;
        }
        KeptBlob content = kept.get(member.path());
        return content == null ? bytes.blob(member.offset(), member.size()) : content;
    }

    @Override
    public String description() {
        return file;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private void walk() throws IOException {
        if (bytes.storedSize() == 0) {
            throw members.notAnImage("it is empty");
        }
        boolean seeking = bytes.compression() == Compression.NONE;
        try (InputStream in = bytes.open()) {
            TarReader reader = new TarReader(in, limits, seeking ? SEEKING_WINDOW : STREAMING_WINDOW);
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                add(entry, reader, seeking);
            }
        } catch (TarException e) {
            throw members.isEmpty() ? members.notAnImage(noTar(e)) : members.broken(String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            // Less than one header tells nothing of an archive.
            throw members.isEmpty()
                    ? members.notAnImage("it is no tar archive (" + e.getMessage() + ")")
                    : members.broken("it is cut short: " + e.getMessage());
        } catch (LimpidException e) {
            throw e;
        } catch (IOException e) {
            throw seeking ? e : members.broken(String.valueOf(e.getMessage()));
        }
        if (members.isEmpty()) {
            throw members.notAnImage("it is a tar archive without entries");
        }
    }

    private void add(TarEntry entry, TarReader reader, boolean seeking) throws IOException {
        ArchiveMembers.Member member = members.add(entry);
        if (member == null) {
            return;
        }
        kept.remove(member.path());
        boolean small = entry.size() <= KEPT_FILE_BYTES && keptBytes + entry.size() <= KEPT_BYTES;
        if (!seeking && small && entry.kind() == TarEntry.Kind.FILE && !entry.isSparse()) {
            kept.put(member.path(), new KeptBlob(bytes, member.offset(), reader.readContent(KEPT_FILE_BYTES)));
            keptBytes += (int) entry.size();
        }
    }

    private String noTar(TarException e) {
        return bytes.compression() == Compression.NONE
                ? "it is no tar archive (" + e.getMessage() + ")"
                : "what its " + bytes.compression() + " data hold is no tar archive (" + e.getMessage() + ")";
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
