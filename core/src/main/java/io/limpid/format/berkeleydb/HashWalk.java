package io.limpid.format.berkeleydb;

import io.limpid.format.DamagedException;
import java.nio.ByteBuffer;

/**
 * One walk through the buckets of a hash file.
 *
 * <p>Only what buckets lead to is there: pages that were freed, and pages of records that were deleted, are led to by none.
 */
final class HashWalk {
    private static final int MAX_BUCKET_AT = 72;
    private static final int PAIRS_AT = 88;
    private static final int SPARES_AT = 96;
    private static final int SPARES = 32;

    private static final int ON_PAGE = 1;
    private static final int OFF_PAGE = 3;

    private final Pages pages;
    private final Items items;
    private boolean damaged;
    private long found;

    HashWalk(Pages pages, Items items) {
        this.pages = pages;
        this.items = items;
    }

    /** Walks; false when some of the file could not be read. */
    boolean run() {
        ByteBuffer meta = pages.meta().page();
        long buckets = Integer.toUnsignedLong(meta.getInt(MAX_BUCKET_AT)) + 1;
        if (buckets >= pages.count()) {
            damage("it is said to have " + buckets + " buckets and has " + pages.count() + " pages");
        }
        for (long bucket = 0; bucket < Math.min(buckets, pages.count()); bucket++) {
            int group = Long.SIZE - Long.numberOfLeadingZeros(bucket);
            long spare = group < SPARES ? Integer.toUnsignedLong(meta.getInt(SPARES_AT + 4 * group)) : 0;
            bucket(bucket, bucket + spare);
        }
        long pairs = Integer.toUnsignedLong(meta.getInt(PAIRS_AT));
        if (found < pairs && !damaged) {
            damage("it is said to have " + pairs + " records and has " + found);
        }
        return !damaged;
    }

    private void bucket(long bucket, long first) {
        long number = first;
        try {
            do {
                Page page = pages.page(number);
                if (!page.isHash()) {
                    if (number == first && pages.isUnwritten(page)) {
                        return;
                    }
                    throw new DamagedException("page " + number + " is none of a bucket");
                }
                pages.visit(page);
                page(page, items);
                number = page.next();
            } while (number != 0);
        } catch (DamagedException e) {
            damage("bucket " + bucket + " cannot be read to its end: " + e.what());
        }
    }

    /** Gives on what is on the pages that no bucket led to. */
    void strays() {
        Items strays = items.strays();
        for (int number = 1; number < pages.count(); number++) {
            if (!pages.isVisited(number) && pages.at(number).isHash()) {
                page(pages.at(number), strays);
            }
        }
    }

    private void page(Page page, Items to) {
        int entries = page.entries();
        if (entries % 2 != 0) {
            damage("page " + page.number() + " has a key without data");
        }
        int end = page.bytes().capacity();
        try {
            for (int i = 0; i + 1 < entries; i += 2) {
                int key = page.item(i);
                int data = page.item(i + 1);
                if (key >= end || data >= key) {
                    throw new DamagedException("the items of page " + page.number() + " overlap");
                }
                pair(page, key, end - key, data, key - data, to);
                end = data;
            }
        } catch (DamagedException e) {
            damage(e.what() + "; what else is on that page is not read");
        }
    }

    private void pair(Page page, int key, int keyLength, int data, int dataLength, Items to) throws DamagedException {
        found++;
        to.step();
        ByteBuffer keyBytes = page.slice(key + 1, keyLength - 1);
        int type = page.bytes().get(data);
        if (type == ON_PAGE && to.isCounter(keyBytes, dataLength - 1)) {
            return;
        }
        String name = to.name(keyBytes, page);
        switch (type) {
            case ON_PAGE -> to.found(name, page.slice(data + 1, dataLength - 1));
            case OFF_PAGE -> to.reference(name, page, data);
            default -> damage(name + " is of a kind that package databases do not have");
        }
    }

    private void damage(String what) {
        damaged = true;
        items.problem(what + ": packages may be missing");
    }
}
