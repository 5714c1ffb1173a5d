package io.limpid.format.berkeleydb;

import io.limpid.format.DamagedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first page of a Berkeley DB file, as far as both kinds of file have it in common.
 *
 * @param order of all numbers in the file: that of the machine that wrote it
 * @param isHash hash file, else btree
 * @param pageBytes size of every page
 * @param headBytes size of the head of a data page
 * @param lastPage number of the last page
 * @param page the page itself
 */
record Meta(ByteOrder order, boolean isHash, int pageBytes, int headBytes, long lastPage, ByteBuffer page) {
    private static final int HASH_MAGIC = 0x00061561;
    private static final int BTREE_MAGIC = 0x00053162;
    private static final int MAGIC_AT = 12;
    private static final int VERSION_AT = 16;
    private static final int PAGE_SIZE_AT = 20;
    private static final int ENCRYPTION_AT = 24;
    private static final int FLAGS_AT = 26;
    private static final int LAST_PAGE_AT = 32;
    private static final int CHECK_SUMS = 1;

    private static final int FIRST_VERSION = 7;
    private static final int LAST_VERSION = 10;
    private static final int SMALLEST_PAGE = 512;
    private static final int BIGGEST_PAGE = 65536;
    private static final int HEAD_BYTES = 26;
    private static final int HEAD_BYTES_WITH_CHECK_SUM = 32;

    /** Whether the bytes start as a hash or btree file does, in either byte order. */
    static boolean isOne(byte[] content) {
        return content.length >= SMALLEST_PAGE
                && (magic(content, ByteOrder.LITTLE_ENDIAN) != 0 || magic(content, ByteOrder.BIG_ENDIAN) != 0);
    }

    private static int magic(byte[] content, ByteOrder order) {
        int magic = ByteBuffer.wrap(content).order(order).getInt(MAGIC_AT);
        return magic == HASH_MAGIC || magic == BTREE_MAGIC ? magic : 0;
    }

    static Meta read(byte[] content) throws DamagedException {
        ByteOrder order = magic(content, ByteOrder.LITTLE_ENDIAN) != 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer page = ByteBuffer.wrap(content).order(order);
        long version = Integer.toUnsignedLong(page.getInt(VERSION_AT));
        if (version < FIRST_VERSION || version > LAST_VERSION) {
            throw new DamagedException(
                    "it is a Berkeley DB file of version " + version + ", of which nothing is known");
        }
        int size = page.getInt(PAGE_SIZE_AT);
        if (size < SMALLEST_PAGE || size > BIGGEST_PAGE || Integer.bitCount(size) != 1) {
            throw new DamagedException("no Berkeley DB file has pages of " + Integer.toUnsignedString(size) + " bytes");
        }
        if (page.get(ENCRYPTION_AT) != 0) {
            throw new DamagedException("it is encrypted");
        }
        boolean checkSums = (page.get(FLAGS_AT) & CHECK_SUMS) != 0;
        return new Meta(
                order,
                page.getInt(MAGIC_AT) == HASH_MAGIC,
                size,
                checkSums ? HEAD_BYTES_WITH_CHECK_SUM : HEAD_BYTES,
                Integer.toUnsignedLong(page.getInt(LAST_PAGE_AT)),
                page.slice(0, Math.min(size, content.length)).order(order));
    }
}
