package io.limpid.format.tar;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Random;

/** Gives 1 to 7 bytes a read, and skips nothing or less than was asked: all that a stream is allowed to do. */
public final class DripStream extends FilterInputStream {
    private final Random random;

    public DripStream(byte[] bytes, long seed) {
        super(new ByteArrayInputStream(bytes));
        this.random = new Random(seed);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
    }

    @Override
    public long skip(long bytes) throws IOException {
        return random.nextBoolean() ? 0 : in.skip(random.nextLong(bytes + 1));
    }

    @Override
    public int available() {
        return 0;
    }
}
