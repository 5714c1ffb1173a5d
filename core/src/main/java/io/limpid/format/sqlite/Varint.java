package io.limpid.format.sqlite;

import io.limpid.format.DamagedException;
import java.nio.ByteBuffer;

/**
 * A number in one to nine bytes, the highest first, each but the last with its high bit set; the ninth has eight bits of it.
 *
 * @param length how many bytes it has
 */
record Varint(long value, int length) {
    private static final int MOST_BYTES = 9;
    private static final int MORE = 0x80;

    /**
     * The number that starts here.
     *
     * @throws DamagedException when it goes on behind the bytes
     */
    static Varint at(ByteBuffer bytes, int from) throws DamagedException {
        long value = 0;
        for (int i = 0; i < MOST_BYTES; i++) {
            if (from < 0 || from + i >= bytes.capacity()) {
                throw new DamagedException("a number goes on behind its end");
            }
            int next = bytes.get(from + i) & 0xff;
            if (i == MOST_BYTES - 1) {
                return new Varint((value << 8) | next, MOST_BYTES);
            }
            value = (value << 7) | (next & ~MORE);
            if ((next & MORE) == 0) {
                return new Varint(value, i + 1);
            }
        }
        throw new AssertionError("the ninth byte is the last");
    }
}
