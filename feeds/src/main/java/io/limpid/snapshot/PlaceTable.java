package io.limpid.snapshot;

import java.util.Arrays;

/** Places by a number that says what is there: a hash table without objects. */
final class PlaceTable {
    static final int NONE = -1;

    /** 2^64 by the golden ratio. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private static final int LEAST_BITS = 6;

    private int bits = LEAST_BITS;
    private long[] keys = new long[1 << bits];
    /** One more than the place, 0 where there is no key. */
    private int[] places = new int[1 << bits];

    private int count;

    /** The place that a key has; it gets the one that is given, and {@link #NONE} is what it had, when it had none. */
    int putIfAbsent(long key, int place) {
        int slot = slot(key);
        if (places[slot] != 0) {
            return places[slot] - 1;
        }
        keys[slot] = key;
        places[slot] = place + 1;
        if (2 * ++count > keys.length) {
            grow();
        }
        return NONE;
    }

    /** The place that a key has, {@link #NONE} when it has none. */
    int get(long key) {
        return places[slot(key)] - 1;
    }

    /** Where a key is, or would be. */
    private int slot(long key) {
        int slot = (int) ((key * SPREAD) >>> (Long.SIZE - bits));
        while (places[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldPlaces = places;
        bits++;
        keys = new long[1 << bits];
        places = new int[1 << bits];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldPlaces[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                places[slot] = oldPlaces[i];
            }
        }
    }

    void clear() {
        Arrays.fill(places, 0);
        count = 0;
    }
}
