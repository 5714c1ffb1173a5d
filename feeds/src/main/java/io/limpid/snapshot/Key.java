package io.limpid.snapshot;

/** What a table is sorted by: three names, compared one after the other, each by its UTF-16 units. */
record Key(String first, String second, String third) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
        int order = first.compareTo(other.first);
        if (order == 0) {
            order = second.compareTo(other.second);
        }
        return order != 0 ? order : third.compareTo(other.third);
    }
}
