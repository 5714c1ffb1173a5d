package io.limpid.format.tarsplit;

/** The CRC of 64 bits of ISO 3309, with which tar-split tells whether a file is still the one that it was. */
public final class Crc64 {
    private static final long POLYNOMIAL = 0xd800000000000000L;
    private static final int AT_ONCE = 8;
    private static final long[][] TABLES = tables();

    private long state = -1;

    private static long[][] tables() {
        long[][] tables = new long[AT_ONCE][256];
        for (int i = 0; i < 256; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            tables[0][i] = crc;
        }
        for (int i = 0; i < 256; i++) {
            for (int table = 1; table < AT_ONCE; table++) {
                long crc = tables[table - 1][i];
                tables[table][i] = tables[0][(int) crc & 0xff] ^ (crc >>> 8);
            }
        }
        return tables;
    }

    /** Adds bytes. */
    public void update(byte[] bytes, int offset, int length) {
        long crc = state;
        int at = offset;
        int end = offset + length;
        for (; end - at >= AT_ONCE; at += AT_ONCE) {
            for (int i = 0; i < AT_ONCE; i++) {
                crc ^= (bytes[at + i] & 0xffL) << (8 * i);
            }
            crc = TABLES[7][(int) crc & 0xff]
                    ^ TABLES[6][(int) (crc >>> 8) & 0xff]
                    ^ TABLES[5][(int) (crc >>> 16) & 0xff]
                    ^ TABLES[4][(int) (crc >>> 24) & 0xff]
                    ^ TABLES[3][(int) (crc >>> 32) & 0xff]
                    ^ TABLES[2][(int) (crc >>> 40) & 0xff]
                    ^ TABLES[1][(int) (crc >>> 48) & 0xff]
                    ^ TABLES[0][(int) (crc >>> 56)];
        }
        for (; at < end; at++) {
            crc = TABLES[0][(int) (crc ^ bytes[at]) & 0xff] ^ (crc >>> 8);
        }
        state = crc;
    }

    /** The CRC of all bytes so far. */
    public long value() {
        return ~state;
    }
}
