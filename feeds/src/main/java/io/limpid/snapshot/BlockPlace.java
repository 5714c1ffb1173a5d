package io.limpid.snapshot;

import java.io.IOException;

/**
 * Where a block lies in a file, and the CRC32C of its bytes: who has this can tell whether the bytes there are the ones that are meant.
 *
 * @param offset from the beginning of the file
 * @param length bytes
 */
record BlockPlace(long offset, int length, int crc) {

    void writeTo(BlockWriter out) {
        out.number(offset);
        out.number(length);
        out.fixed32(crc);
    }

    static BlockPlace read(BlockReader in) throws IOException {
        long offset = in.number();
        long length = in.number();
        if (length > Integer.MAX_VALUE || offset > Long.MAX_VALUE - length) {
            throw new DamagedException("a block of " + length + " bytes at " + offset);
        }
        return new BlockPlace(offset, (int) length, in.fixed32());
    }
}
