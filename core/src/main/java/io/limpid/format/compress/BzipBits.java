package io.limpid.format.compress;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads bits, the highest of each byte first. */
final class BzipBits implements Closeable {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** So many bits are there after {@link #refill}, besides at the end. */
    private static final int REFILLED = 56;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    /** The next bits, from the highest one on; those that are not there are zero. */
    private long bits;

    private int count;

    BzipBits(InputStream in) {
        this.in = in;
    }

    /** The next bits, at most 32 of them. */
    long take(int wanted) throws IOException {
        long taken = peek(wanted);
        skip(wanted);
        return taken;
    }

    boolean flag() throws IOException {
        return take(1) != 0;
    }

    /** The next bits, which are still there afterwards; zeros where there are no more. At least one, at most 32. */
    long peek(int wanted) throws IOException {
        if (count < wanted) {
            refill();
        }
        return bits >>> (Long.SIZE - wanted);
    }

    /** Takes bits that were looked at. */
    void skip(int taken) throws EOFException {
        count -= taken;
        if (count < 0) {
            throw new EOFException("bzip2 data end within a block");
        }
        bits <<= taken;
    }

    private void refill() throws IOException {
        if (limit - position >= Long.BYTES) {
            // What does not fit whole is read again the next time, into the same place.
            bits |= (long) LONGS.get(buffer, position) >>> count;
            int bytes = (Long.SIZE - 1 - count) >> 3;
            position += bytes;
            count += bytes << 3;
            return;
        }
        while (count < REFILLED) {
            if (position == limit) {
                position = 0;
                limit = Math.max(0, in.read(buffer, 0, buffer.length));
                if (limit == 0) {
                    return;
                }
            }
            bits |= (buffer[position++] & 0xffL) << (REFILLED - count);
            count += Byte.SIZE;
        }
    }

    /** Leaves out what remains of a byte. */
    void toByte() {
        int rest = count & (Byte.SIZE - 1);
        bits <<= rest;
        count -= rest;
    }

    /** Whether nothing follows; between bytes. */
    boolean atEnd() throws IOException {
        if (count == 0) {
            refill();
        }
        return count == 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
