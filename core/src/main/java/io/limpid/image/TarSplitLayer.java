package io.limpid.image;

import io.limpid.format.BlockInputStream;
import io.limpid.format.compress.Compression;
import io.limpid.format.tarsplit.Crc64;
import io.limpid.format.tarsplit.Piece;
import io.limpid.format.tarsplit.TarSplitReader;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tar of a layer that Docker has unpacked, put together again as Docker does when it exports an image: byte for byte the one that came.
 *
 * <p>Files that nobody wants are not opened, unless the digest of the whole is computed.
 *
 * @param description what Docker keeps of the tar but the contents of files, compressed
 * @param unpacked the folder above the one with the files
 * @param size the bytes of the tar
 */
record TarSplitLayer(Path description, Path unpacked, long size, Limits limits) implements Blob {
    private static final Path FILES = Path.of("diff");

    /**
     * The layer that such a description is of; all of it is read, nothing of the files.
     *
     * @throws IOException when it cannot be read or understood
     */
    static TarSplitLayer of(Path description, Path unpacked, Limits limits) throws IOException {
        long size = 0;
        try (TarSplitReader pieces = pieces(description, limits)) {
            for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
                if (piece instanceof Piece.Content(String name, long _, long _)) {
                    UnpackedFiles.path(name);
                }
                size = Math.addExact(size, piece.size());
                if (size > limits.layerBytes()) {
                    throw new IOException("more than " + limits.layerBytes() + " bytes (limit layer-bytes)");
                }
            }
        } catch (ArithmeticException e) {
            throw new IOException(e);
        }
        files(unpacked, limits).close();
        return new TarSplitLayer(description, unpacked, size, limits);
    }

    private static TarSplitReader pieces(Path description, Limits limits) throws IOException {
        InputStream in = Files.newInputStream(description, LinkOption.NOFOLLOW_LINKS);
        try {
            return new TarSplitReader(Compression.GZIP.open(in, limits), limits);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static UnpackedFiles files(Path unpacked, Limits limits) throws IOException {
        try (OpenFolder above = OpenFolder.of(unpacked)) {
            return new UnpackedFiles(above.folder(FILES), limits);
        }
    }

    @Override
    public InputStream open() throws IOException {
        UnpackedFiles files = files(unpacked, limits);
        try {
            return new Stream(pieces(description, limits), files);
        } catch (IOException e) {
            files.close();
            throw e;
        }
    }

    @Override
    public boolean isSkippable() {
        return true;
    }

    @Override
    public boolean isScattered() {
        return true;
    }

    @Override
    public @Nullable FilePlace place() {
        return null;
    }

    /** The pieces, one after the other. */
    private static final class Stream extends BlockInputStream {
        private static final byte[] NONE = {};

        private final TarSplitReader pieces;
        private final UnpackedFiles files;
        private byte[] bytes = NONE;
        private int at;
        private Piece.@Nullable Content content;
        private @Nullable SeekableByteChannel file;
        private Crc64 crc = new Crc64();
        private long left;
        private @Nullable LimpidException failure;

        Stream(TarSplitReader pieces, UnpackedFiles files) {
            this.pieces = pieces;
            this.files = files;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!hasMore()) {
                return -1;
            }
            if (at < bytes.length) {
                int count = Math.min(length, bytes.length - at);
                System.arraycopy(bytes, at, target, offset, count);
                at += count;
                return count;
            }
            return readContent(Objects.requireNonNull(content), target, offset, length);
        }

        @Override
        public long skip(long number) throws IOException {
            long rest = number;
            while (rest > 0 && hasMore()) {
                if (at < bytes.length) {
                    int count = (int) Math.min(rest, bytes.length - at);
                    at += count;
                    rest -= count;
                } else if (file == null && left <= rest) {
                    rest -= left;
                    content = null;
                } else {
                    // Whoever begins with a file has to be told at its end whether it was the right one.
                    long read = super.skip(Math.min(rest, left));
                    rest -= read;
                }
            }
            return number - rest;
        }

        /** Whether there are bytes or the rest of a content; goes on to the next piece where not. */
        private boolean hasMore() throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (at < bytes.length || content != null) {
                return true;
            }
            switch (pieces.next()) {
                case null -> {
                    return false;
                }
                case Piece.Bytes(byte[] more) -> {
                    bytes = more;
                    at = 0;
                }
                case Piece.Content next -> {
                    content = next;
                    left = next.size();
                }
            }
            return true;
        }

        private int readContent(Piece.Content wanted, byte[] target, int offset, int length) throws IOException {
            try {
                SeekableByteChannel channel = file == null ? opened(wanted) : file;
                int count = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, left)));
                if (count <= 0) {
                    throw new IOException("it is shorter than it was");
                }
                crc.update(target, offset, count);
                left -= count;
                if (left == 0) {
                    closeFile();
                    content = null;
                    if (crc.value() != wanted.crc()) {
                        throw new IOException("its checksum is not the one that Docker keeps");
                    }
                }
                return count;
            } catch (IOException e) {
                failure = changed(wanted.name(), e);
                throw failure;
            }
        }

        private SeekableByteChannel opened(Piece.Content wanted) throws IOException {
            SeekableByteChannel channel = files.open(wanted.name());
            file = channel;
            crc = new Crc64();
            if (channel.size() != wanted.size()) {
                throw new IOException("it has " + channel.size() + " bytes, not " + wanted.size());
            }
            return channel;
        }

        private static LimpidException changed(String name, IOException cause) {
            LimpidException failure = new LimpidException(
                    ErrorCode.BROKEN_IMAGE,
                    "what the Docker daemon keeps of the image cannot be read",
                    "of a layer the file " + name + " is not what it was when the layer was stored: " + reason(cause),
                    "scan again if the image was just removed or pulled; LIMPID_DOCKER_EXPORT=1 has the daemon export"
                            + " it");
            failure.initCause(cause);
            return failure;
        }

        private static String reason(IOException cause) {
            return cause instanceof AccessDeniedException ? "permission denied" : String.valueOf(cause.getMessage());
        }

        private void closeFile() throws IOException {
            SeekableByteChannel open = file;
            file = null;
            if (open != null) {
                open.close();
            }
        }

        @Override
        public void close() throws IOException {
            try (pieces;
                    files) {
                closeFile();
            }
        }
    }
}
