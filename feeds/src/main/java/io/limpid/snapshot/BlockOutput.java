package io.limpid.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A new file that blocks are written to, one after the other and without gaps. */
final class BlockOutput implements Closeable {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
    private final CRC32C crc = new CRC32C();
    private long position;

    BlockOutput(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    long position() {
        return position;
    }

    /** The CRC32C of all that was written so far. */
    int crc() {
        return (int) crc.getValue();
    }

    BlockPlace block(byte[] block) throws IOException {
        long at = position;
        write(block);
        return new BlockPlace(at, block.length, BlockFile.crcOf(block, 0, block.length));
    }

    void write(byte[] bytes) throws IOException {
        crc.update(bytes);
        if (bytes.length > buffer.remaining()) {
            flush();
        }
        if (bytes.length > buffer.remaining()) {
            drain(ByteBuffer.wrap(bytes));
        } else {
            buffer.put(bytes);
        }
        position += bytes.length;
    }

    private void flush() throws IOException {
        buffer.flip();
        drain(buffer);
        buffer.clear();
    }

    private void drain(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Makes what was written outlast a loss of power. */
    void sync() throws IOException {
        flush();
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
