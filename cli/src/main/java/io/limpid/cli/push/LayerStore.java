package io.limpid.cli.push;

import io.limpid.format.BlockInputStream;
import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Layer;
import io.limpid.image.PassingReader;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The layers of an image so that each can be read often and by many: where it is, or, of a source that can only be read forward, out of a file
 * without a name, which is gone whenever the process is.
 */
public final class LayerStore implements PassingReader, Closeable {
    private static final int AT_ONCE = 1 << 18;

    private final Limits limits;
    private @Nullable FileChannel file;
    private long end;

    public LayerStore(Limits limits) {
        this.limits = limits;
    }

    /** Keeps what may be a layer while its archive passes, so that it need not be sent twice. */
    @Override
    @SuppressWarnings("MustBeClosedChecker")
    public Found read(Passing passing) throws IOException {
        return keep(passing.blob().open());
    }

    /**
     * The bytes of a layer; layers are to be asked for in the order in which reading them costs least.
     *
     * @throws LimpidException when the image does not have them
     */
    Blob blob(Layer layer) throws IOException {
        Blob blob = layer.blob();
        if (blob == null) {
            throw new LimpidException(
                    ErrorCode.BROKEN_IMAGE,
                    "layer " + layer.index() + " cannot be pushed",
                    layer.content() == null
                            ? "the image does not hold it, it would have to be fetched from elsewhere"
                            : "it is a folder, which is no archive",
                    "push an image that holds all its layers, as docker save writes it");
        }
        if (blob.found() instanceof KeptBlob kept) {
            return kept;
        }
        if (!blob.isForwardOnly()) {
            return blob;
        }
        try (InputStream in = blob.open()) {
            return keep(in);
        }
    }

    private KeptBlob keep(InputStream in) throws IOException {
        FileChannel channel = file();
        long begin = end;
        byte[] buffer = new byte[AT_ONCE];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (end + read > limits.archiveBytes()) {
                throw new LimpidException(
                        ErrorCode.LIMIT,
                        "the layers are too large to be kept",
                        "they have more than " + limits.archiveBytes() + " bytes (limit archive-bytes)",
                        null);
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                end += write(channel, bytes);
            }
        }
        return new KeptBlob(channel, begin, end - begin);
    }

    private int write(FileChannel channel, ByteBuffer bytes) throws IOException {
        try {
            return channel.write(bytes, end);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private FileChannel file() throws IOException {
        FileChannel known = file;
        if (known == null) {
            try {
                // The JDK removes the name as soon as the file is open.
                known = FileChannel.open(
                        folder().resolve("limpid-" + UUID.randomUUID()),
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.DELETE_ON_CLOSE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (IOException e) {
                throw notKept(e);
            }
            file = known;
        }
        return known;
    }

    private static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    }

    private static LimpidException notKept(IOException cause) {
        return new LimpidException(
                ErrorCode.IO,
                "the layers cannot be kept in " + folder(),
                String.valueOf(cause.getMessage()),
                "make room there, or push a file that docker save -o wrote: of that nothing is copied");
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** Bytes in the file. */
    private record KeptBlob(FileChannel channel, long offset, long size) implements Blob, Found {
        @Override
        public InputStream open() {
            return new Part(channel, offset, offset + size);
        }

        @Override
        public @Nullable FilePlace place() {
            return null;
        }

        @Override
        public boolean isForwardOnly() {
            return false;
        }
    }

    /** Reads by position, so that any number share the file. */
    private static final class Part extends BlockInputStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        Part(FileChannel channel, long position, long end) {
            this.channel = channel;
            this.position = position;
            this.end = end;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int count = (int) Math.min(length, end - position);
            if (count <= 0) {
                return length == 0 ? 0 : -1;
            }
            int read = channel.read(ByteBuffer.wrap(target, from, count), position);
            position += Math.max(read, 0);
            return read;
        }
    }
}
