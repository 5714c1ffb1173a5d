package io.limpid.facts;

import io.limpid.format.BlockInputStream;
import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Layer;
import io.limpid.image.PassingReader;
import io.limpid.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a layer that nobody may need any more: reading them fails as soon as that is so.
 *
 * @param stopped whether that is so
 * @param remote has what is being read of servers, so that a read that waits can be ended
 */
record StoppableBlob(Blob blob, BooleanSupplier stopped, Set<InputStream> remote) implements Blob {

    /** The layer with such bytes. */
    static Layer in(Layer layer, BooleanSupplier stopped, Set<InputStream> remote) {
        Blob blob = layer.blob();
        return blob == null
                ? layer
                : new Layer(
                        layer.index(),
                        layer.diffId(),
                        layer.digest(),
                        layer.createdBy(),
                        layer.size(),
                        new StoppableBlob(blob, stopped, remote));
    }

    @Override
    public long size() {
        return blob.size();
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = blob.open();
        if (blob.host() != null) {
            remote.add(in);
        }
        return new Stream(in, stopped, remote);
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
    public PassingReader.@Nullable Found found() {
        return blob.found();
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
        private final Set<InputStream> remote;

        Stream(InputStream in, BooleanSupplier stopped, Set<InputStream> remote) {
            this.in = in;
            this.stopped = stopped;
            this.remote = remote;
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
            remote.remove(in);
            in.close();
        }

        private void check() throws IOException {
            if (stopped.getAsBoolean()) {
                throw new IOException("nobody needs it any more");
            }
        }
    }
}
