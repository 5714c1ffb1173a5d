package io.limpid.image;

import io.limpid.format.BlockInputStream;
import io.limpid.format.compress.Compression;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The uncompressed bytes of an archive file, readable from any offset.
 *
 * <p>Where the file is compressed as a whole there is one cursor that only goes forward: reading in ascending order costs one
 * decompression, going back starts a new one, and how many there may be is bounded. Nothing uncompressed is written to disk.
 */
final class ArchiveBytes implements Closeable {
    private static final int SPOOLED_AT_ONCE = 1 << 18;

    private final String name;
    private final @Nullable Path file;
    private final Limits limits;
    private final FileChannel channel;
    private final FilePlace start;
    private final Compression compression;
    private @Nullable InputStream cursor;
    private long cursorOffset;
    private long generation;
    private int passes;

    private ArchiveBytes(String name, @Nullable Path file, FilePlace start, Limits limits, FileChannel channel)
            throws IOException {
        this.name = name;
        this.file = file;
        this.limits = limits;
        this.channel = channel;
        this.start = start;
        this.compression = Compression.of(wholeFile().open().readNBytes(Compression.MAGIC_BYTES));
    }

    static ArchiveBytes open(Path file, Limits limits) throws IOException {
        FilePlace before = FilePlace.of(file, 0);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            FilePlace start = FilePlace.of(file, 0);
            // Of a file that has just got another's name nobody can say which of the two was opened.
            boolean known = before.equals(start) && !start.fileKey().isEmpty() && start.isOpenHere();
            return new ArchiveBytes(file.toString(), known ? file : null, start, limits, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The bytes of a stream, which cannot be gone back in, while what is at the end of an image archive tells what its beginning means: they
     * are kept in a file without a name, which is gone whenever the process is.
     */
    static ArchiveBytes open(String name, InputStream stream, Limits limits) throws IOException {
        FileChannel channel = nameless(name);
        try {
            long size = spool(name, stream, channel, limits);
            FilePlace place = new FilePlace("", size, 0, 0, 0);
            return new ArchiveBytes(name, null, place, limits, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel nameless(String name) throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        try {
            // The JDK removes the name as soon as the file is open.
            return FileChannel.open(
                    folder.resolve("limpid-" + UUID.randomUUID()),
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileSystemException e) {
            throw notKept(name, "nothing can be written to " + folder);
        }
    }

    private static long spool(String name, InputStream stream, FileChannel channel, Limits limits) throws IOException {
        byte[] buffer = new byte[SPOOLED_AT_ONCE];
        long size = 0;
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            size += read;
            if (size > limits.archiveBytes()) {
                throw tooLarge(name, limits, "");
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                write(name, bytes, channel);
            }
        }
        return size;
    }

    private static void write(String name, ByteBuffer bytes, FileChannel channel) throws IOException {
        try {
            channel.write(bytes);
        } catch (IOException e) {
            throw e instanceof ClosedByInterruptException ? e : notKept(name, String.valueOf(e.getMessage()));
        }
    }

    private static LimpidException notKept(String name, String reason) {
        return new LimpidException(
                ErrorCode.IO, "the archive in " + name + " cannot be kept", reason, "save it to a file and scan that");
    }

    private static LimpidException tooLarge(String name, Limits limits, String how) {
        return new LimpidException(
                ErrorCode.LIMIT,
                name + " is too large",
                "it has more than " + limits.archiveBytes() + " bytes" + how + " (limit archive-bytes)",
                null);
    }

    Compression compression() {
        return compression;
    }

    /** The size of the file as it is stored. */
    long storedSize() {
        return start.fileSize();
    }

    /** All bytes from the first on. */
    InputStream open() throws IOException {
        return compression == Compression.NONE ? wholeFile().open() : new CursorStream(0, Long.MAX_VALUE);
    }

    /** The bytes between two offsets as a blob. */
    Blob blob(long offset, long size) {
        return compression == Compression.NONE
                ? new FileRegion(this, channel, start.at(offset), size)
                : new CursorBlob(this, offset, size);
    }

    /** By which the bytes from an offset on are known again; null when they come from no file that has a name. */
    @Nullable
    FilePlace identity(long offset) {
        if (file == null) {
            return null;
        }
        FilePlace place = start.at(offset);
        // An offset in what a file holds compressed is none in the file.
        return compression == Compression.NONE
                ? place
                : new FilePlace(
                        "in " + place.fileKey(), place.fileSize(), place.modified(), place.changed(), place.offset());
    }

    /** Whether the file of this name is still the one that was opened, untouched since. */
    boolean isUnchanged() {
        try {
            return file != null && FilePlace.of(file, 0).equals(start);
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        dropCursor();
        channel.close();
    }

    private FileRegion wholeFile() {
        return new FileRegion(this, channel, start, start.fileSize());
    }

    private InputStream cursorAt(long offset) throws IOException {
        try {
            InputStream stream = cursor == null || cursorOffset > offset ? restarted() : cursor;
            stream.skipNBytes(offset - cursorOffset);
            cursorOffset = offset;
            return stream;
        } catch (IOException e) {
            // How far it came is not known.
            dropCursor();
            throw e;
        }
    }

    private InputStream restarted() throws IOException {
        dropCursor();
        if (passes >= limits.archivePasses()) {
            throw new LimpidException(
                    ErrorCode.LIMIT,
                    name + " cannot be read in the order that its image needs",
                    "it is compressed as a whole and was inflated " + passes + " times already (limit archive-passes)",
                    "decompress it and scan the result");
        }
        passes++;
        InputStream stream = compression.open(wholeFile().open(), limits);
        cursor = stream;
        cursorOffset = 0;
        return stream;
    }

    private void dropCursor() throws IOException {
        InputStream stream = cursor;
        cursor = null;
        if (stream != null) {
            stream.close();
        }
    }

    private record CursorBlob(ArchiveBytes archive, long position, long size) implements Blob {

        @Override
        public InputStream open() throws IOException {
            return archive.new CursorStream(position, size);
        }

        @Override
        public @Nullable FilePlace place() {
            return null;
        }

        @Override
        public @Nullable FilePlace identity() {
            return archive.identity(position);
        }

        @Override
        public boolean isUnchanged() {
            return archive.isUnchanged();
        }
    }

    /** Reads at the cursor; the stream opened last is the valid one. */
    private final class CursorStream extends BlockInputStream {
        private final InputStream stream;
        private final long mine;
        private long left;
        private @Nullable IOException failure;

        CursorStream(long offset, long size) throws IOException {
            stream = cursorAt(offset);
            left = size;
            mine = ++generation;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (mine != generation) {
                throw new IllegalStateException("another blob of the archive was opened");
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            int count = (int) Math.min(length, left);
            if (count == 0) {
                return length == 0 ? 0 : -1;
            }
            try {
                int read = stream.read(target, offset, count);
                advance(Math.max(read, 0));
                return read;
            } catch (IOException e) {
                failure = e;
                dropCursor();
                throw e;
            }
        }

        private void advance(int read) throws LimpidException {
            left -= read;
            cursorOffset += read;
            if (cursorOffset > limits.archiveBytes()) {
                throw tooLarge(name, limits, " uncompressed");
            }
        }
    }
}
