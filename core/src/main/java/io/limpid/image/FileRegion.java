package io.limpid.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes that lie one after the other in an open file. */
final class FileRegion implements Blob {
    private final FileChannel channel;
    private final FilePlace place;
    private final long size;

    FileRegion(FileChannel channel, FilePlace place, long size) {
        this.channel = channel;
        this.place = place;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public FilePlace place() {
        return place;
    }

    @Override
    public InputStream open() {
        return new RegionStream();
    }

    /** Reads by position, so that any number of streams share the channel. */
    private final class RegionStream extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count = (int) Math.min(length, size - position);
            if (count <= 0) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(target, offset, count), place.offset() + position);
            if (read > 0) {
                position += read;
            }
            return read;
        }

        @Override
        public long skip(long bytes) {
            long skipped = Math.clamp(bytes, 0, size - position);
            position += skipped;
            return skipped;
        }
    }
}
