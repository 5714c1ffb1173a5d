package io.limpid.bundle;

import io.limpid.format.BlockInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** So many bytes of a file from an offset on; closing it leaves the file open. */
final class ChannelSlice extends BlockInputStream {
    private final FileChannel channel;
    private long offset;
    private long left;

    ChannelSlice(FileChannel channel, long offset, long length) {
        this.channel = channel;
        this.offset = offset;
        this.left = length;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = channel.read(ByteBuffer.wrap(buffer, from, (int) Math.min(length, left)), offset);
        if (read > 0) {
            offset += read;
            left -= read;
        }
        return read;
    }
}
