package io.limpid.image;

import io.limpid.format.BlockInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of an open file from its first byte on; it reads by position, so that any number of streams share the channel. */
final class RegionStream extends BlockInputStream {
    private final FileChannel channel;
    private final long offset;
    private final long size;
    private final Closeable owned;
    private long position;

    /**
     * @param offset where in the file it begins
     * @param owned closed with the stream
     */
    RegionStream(FileChannel channel, long offset, long size, Closeable owned) {
        this.channel = channel;
        this.offset = offset;
        this.size = size;
        this.owned = owned;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, size - position);
        if (count <= 0) {
            return -1;
        }
        int read = channel.read(ByteBuffer.wrap(target, from, count), offset + position);
        if (read > 0) {
            position += read;
        }
        return read;
    }

    /** Costs nothing. */
    @Override
    public long skip(long bytes) {
        long skipped = Math.clamp(bytes, 0, size - position);
        position += skipped;
        return skipped;
    }

    @Override
    public void close() throws IOException {
        owned.close();
    }
}
