package io.limpid.format.berkeleydb;

import io.limpid.format.DamagedException;
import java.nio.ByteBuffer;

/**
 * One page of data: a head, places of items from there on, and the items from the end.
 *
 * @param number where it is in the file
 * @param headBytes size of the head
 * @param bytes all of it, in the file's byte order
 */
record Page(int number, int headBytes, ByteBuffer bytes) {
    static final int INVALID = 0;
    static final int HASH_UNSORTED = 2;
    static final int BTREE_INTERNAL = 3;
    static final int BTREE_LEAF = 5;
    static final int OVERFLOW = 7;
    static final int HASH = 13;

    private static final int NEXT_AT = 16;
    private static final int ENTRIES_AT = 20;
    private static final int OFFSET_AT = 22;
    private static final int TYPE_AT = 25;

    int type() {
        return bytes.get(TYPE_AT) & 0xff;
    }

    boolean isHash() {
        return type() == HASH || type() == HASH_UNSORTED;
    }

    long next() {
        return Integer.toUnsignedLong(bytes.getInt(NEXT_AT));
    }

    int entries() {
        return Short.toUnsignedInt(bytes.getShort(ENTRIES_AT));
    }

    /** How many bytes of an item an overflow page has. */
    int overflowBytes() {
        return Short.toUnsignedInt(bytes.getShort(OFFSET_AT));
    }

    /** Whether there is nothing on it but zeros. */
    boolean isZero() {
        for (int i = 0; i < bytes.capacity(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where an item starts.
     *
     * @throws DamagedException when that is not behind the places of all items
     */
    int item(int index) throws DamagedException {
        int places = headBytes + 2 * entries();
        if (places > bytes.capacity()) {
            throw new DamagedException("page " + number + " has more items than room");
        }
        int at = Short.toUnsignedInt(bytes.getShort(headBytes + 2 * index));
        if (at < places || at >= bytes.capacity()) {
            throw new DamagedException("an item of page " + number + " is not on it");
        }
        return at;
    }

    /**
     * A part of the page.
     *
     * @throws DamagedException when it ends behind the page's end
     */
    ByteBuffer slice(int from, int length) throws DamagedException {
        if (length < 0 || from < 0 || length > bytes.capacity() - from) {
            throw new DamagedException("an item of page " + number + " ends behind it");
        }
        return bytes.slice(from, length).order(bytes.order());
    }
}
