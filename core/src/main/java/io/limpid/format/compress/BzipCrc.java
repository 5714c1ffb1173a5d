package io.limpid.format.compress;

/** The checksum of bzip2: a CRC-32 of polynomial 04C11DB7 that takes the highest bit of each byte first; eight bytes at a time. */
final class BzipCrc {
    private static final int POLYNOMIAL = 0x04c11db7;
    private static final int STEP = 8;
    /** For each byte, what it makes of a checksum of 0 when so many zero bytes follow it. */
    private static final int[][] TABLES = new int[STEP][256];

    static {
        for (int value = 0; value < 256; value++) {
            int crc = value << 24;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            TABLES[0][value] = crc;
        }
        for (int zeros = 1; zeros < STEP; zeros++) {
            for (int value = 0; value < 256; value++) {
                int before = TABLES[zeros - 1][value];
                TABLES[zeros][value] = before << Byte.SIZE ^ TABLES[0][before >>> 24];
            }
        }
    }

    private BzipCrc() {}

    /** The checksum, neither it nor what is given inverted, with so many bytes more. */
    static int update(int before, byte[] bytes, int length) {
        int crc = before;
        int at = 0;
        for (; at <= length - STEP; at += STEP) {
            int high = crc
                    ^ ((bytes[at] & 0xff) << 24
                            | (bytes[at + 1] & 0xff) << 16
                            | (bytes[at + 2] & 0xff) << 8
                            | (bytes[at + 3] & 0xff));
            crc = TABLES[7][high >>> 24]
                    ^ TABLES[6][high >>> 16 & 0xff]
                    ^ TABLES[5][high >>> 8 & 0xff]
                    ^ TABLES[4][high & 0xff]
                    ^ TABLES[3][bytes[at + 4] & 0xff]
                    ^ TABLES[2][bytes[at + 5] & 0xff]
                    ^ TABLES[1][bytes[at + 6] & 0xff]
                    ^ TABLES[0][bytes[at + 7] & 0xff];
        }
        for (; at < length; at++) {
            crc = crc << Byte.SIZE ^ TABLES[0][crc >>> 24 ^ (bytes[at] & 0xff)];
        }
        return crc;
    }
}
