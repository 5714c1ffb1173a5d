package io.limpid.server.worker;

import io.limpid.format.BlockInputStream;
import io.limpid.format.compress.Compression;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes that a decoder makes, up to where its input is damaged.
 *
 * <p>The decoders of bzip2 and xz throw away what they have made in the very call in which they meet damage. The original has it, and looks at nothing
 * behind the archive's end marker: so they are asked for one block of the archive at a time.
 */
final class DecodedBytes extends BlockInputStream {
    /** A tar archive's. */
    private static final int BLOCK = 512;

    private final InputStream decoder;
    private final boolean inBlocks;
    private long position;

    DecodedBytes(InputStream decoder, Compression compression) {
        this.decoder = decoder;
        this.inBlocks = compression == Compression.BZIP2 || compression == Compression.XZ;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = inBlocks ? (int) Math.min(length, BLOCK - position % BLOCK) : length;
        int read = decoder.read(target, offset, count);
        position += Math.max(read, 0);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return inBlocks ? super.skip(bytes) : decoder.skip(bytes);
    }

    @Override
    public void close() throws IOException {
        decoder.close();
    }
}
