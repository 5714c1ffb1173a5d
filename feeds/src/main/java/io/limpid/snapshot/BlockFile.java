package io.limpid.snapshot;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of blocks that is open for reading by position; the last used blocks are kept.
 *
 * <p>It is not mapped: a file that is cut while it is open is then an error and not a crash.
 */
final class BlockFile implements Closeable {
    private static final int KEPT_BYTES = 4 << 20;
    private static final int MOST_KEPT = 256;

    private final FileChannel channel;
    private final long size;
    private final int largest;
    private final Map<Long, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long keptBytes;
    private long bytesRead;

    private record Kept(BlockPlace place, BlockReader block) {}

    private BlockFile(FileChannel channel, long size, int largest) {
        this.channel = channel;
        this.size = size;
        this.largest = largest;
    }

    /**
     * Opens.
     *
     * @param largest bytes that a block may have
     */
    static BlockFile open(Path file, int largest) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new BlockFile(channel, channel.size(), largest);
        } catch (IOException e) {
            try (channel) {
                throw e;
            }
        }
    }

    long size() {
        return size;
    }

    /** How many bytes of blocks were read so far; those that were kept count again. */
    long bytesRead() {
        return bytesRead;
    }

    /** The block there, which is the one that was meant. */
    BlockReader block(BlockPlace place) throws IOException {
        Kept known = kept.get(place.offset());
        if (known != null && known.place.crc() == place.crc() && known.place.length() == place.length()) {
            bytesRead += place.length();
            return known.block;
        }
        BlockReader block = new BlockReader(bytes(place));
        Kept before = kept.put(place.offset(), new Kept(place, block));
        keptBytes += place.length() - (before == null ? 0 : before.place.length());
        var eldest = kept.entrySet().iterator();
        while ((keptBytes > KEPT_BYTES || kept.size() > MOST_KEPT) && kept.size() > 1) {
            keptBytes -= eldest.next().getValue().place.length();
            eldest.remove();
        }
        return block;
    }

    /** The bytes of a block, which are those that were meant. */
    byte[] bytes(BlockPlace place) throws IOException {
        if (place.length() > largest) {
            throw new DamagedException("a block of " + place.length() + " bytes, of at most " + largest);
        }
        byte[] bytes = read(place.offset(), place.length());
        bytesRead += bytes.length;
        if (crcOf(bytes, 0, bytes.length) != place.crc()) {
            throw new DamagedException("the checksum of the " + place.length() + " bytes at " + place.offset()
                    + " is not that of what was written there");
        }
        return bytes;
    }

    /** Bytes whose checksum is for the caller to compare. */
    byte[] read(long offset, int length) throws IOException {
        if (offset < 0 || offset > size - length) {
            throw new DamagedException(
                    "the " + length + " bytes at " + offset + " are not in a file of " + size + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException("the file was cut while it was open");
            }
        }
        return buffer.array();
    }

    /** The CRC32C of the file's first bytes; reads them all. */
    int crcOfFirst(long bytes) throws IOException {
        CRC32C crc = new CRC32C();
        int window = 1 << 18;
        for (long at = 0; at < bytes; at += window) {
            crc.update(read(at, (int) Math.min(window, bytes - at)));
        }
        return (int) crc.getValue();
    }

    static int crcOf(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
