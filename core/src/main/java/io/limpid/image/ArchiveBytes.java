package io.limpid.image;

import io.limpid.format.BlockInputStream;
import io.limpid.format.compress.Compression;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The uncompressed bytes of an archive file, readable from any offset.
 *
 * <p>Where the file is compressed as a whole there is one cursor that only goes forward: reading in ascending order costs one
 * decompression, going back starts a new one, and how many there may be is bounded. Nothing is written to disk.
 */
final class ArchiveBytes implements Closeable {
    private final Path file;
    private final Limits limits;
    private final FileChannel channel;
    private final FilePlace start;
    private final Compression compression;
    private @Nullable InputStream cursor;
    private long cursorOffset;
    private long generation;
    private int passes;

    private ArchiveBytes(Path file, Limits limits, FileChannel channel) throws IOException {
        this.file = file;
        this.limits = limits;
        this.channel = channel;
        this.start = FilePlace.of(file, 0);
        this.compression = Compression.of(wholeFile().open().readNBytes(Compression.MAGIC_BYTES));
    }

    static ArchiveBytes open(Path file, Limits limits) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ArchiveBytes(file, limits, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
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
                ? new FileRegion(channel, start.at(offset), size)
                : new CursorBlob(this, offset, size);
    }

    @Override
    public void close() throws IOException {
        dropCursor();
        channel.close();
    }

    private FileRegion wholeFile() {
        return new FileRegion(channel, start, start.fileSize());
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
                    file + " cannot be read in the order that its image needs",
                    "it is compressed as a whole and was inflated " + passes + " times already",
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
                throw new LimpidException(
                        ErrorCode.LIMIT,
                        file + " is too large",
                        "it has more than " + limits.archiveBytes() + " bytes uncompressed",
                        null);
            }
        }
    }
}
