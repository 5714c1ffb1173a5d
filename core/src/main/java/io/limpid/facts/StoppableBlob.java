package io.limpid.facts;

import io.limpid.format.BlockInputStream;
import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Layer;
import io.limpid.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The bytes of a layer that nobody may need any more: reading them fails as soon as that is so. */
record StoppableBlob(Blob blob, BooleanSupplier stopped) implements Blob {

    /** The layer with such bytes. */
    static Layer in(Layer layer, BooleanSupplier stopped) {
        Blob blob = layer.blob();
        return blob == null
                ? layer
                : new Layer(
                        layer.index(),
                        layer.diffId(),
                        layer.digest(),
                        layer.createdBy(),
                        layer.size(),
                        new StoppableBlob(blob, stopped));
    }

    @Override
    public long size() {
        return blob.size();
    }

    @Override
    public InputStream open() throws IOException {
        return new Stream(blob.open(), stopped);
    }

    @Override
    public long position() {
        return blob.position();
    }

    @Override
    public boolean isSkippable() {
        return blob.isSkippable();
    }

    @Override
    public boolean isScattered() {
        return blob.isScattered();
    }

    @Override
    public boolean isForwardOnly() {
        return blob.isForwardOnly();
    }

    @Override
    public @Nullable Digest address() {
        return blob.address();
    }

    @Override
    public @Nullable String host() {
        return blob.host();
    }

    @Override
    public @Nullable FilePlace place() {
        return blob.place();
    }

    @Override
    public @Nullable FilePlace identity() {
        return blob.identity();
    }

    @Override
    public boolean isUnchanged() {
        return blob.isUnchanged();
    }

    private static final class Stream extends BlockInputStream {
        private final InputStream in;
        private final BooleanSupplier stopped;

        Stream(InputStream in, BooleanSupplier stopped) {
            this.in = in;
            this.stopped = stopped;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            check();
            return in.read(target, offset, length);
        }

        @Override
        public long skip(long bytes) throws IOException {
            check();
            return in.skip(bytes);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        private void check() throws IOException {
            if (stopped.getAsBoolean()) {
                throw new IOException("nobody needs it any more");
            }
        }
    }
}
