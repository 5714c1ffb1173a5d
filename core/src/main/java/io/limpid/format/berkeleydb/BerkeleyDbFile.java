package io.limpid.format.berkeleydb;

import io.limpid.format.DamagedException;
import io.limpid.format.RecordSink;

/** A Berkeley DB file, hash or btree, of versions 7 to 10 and either byte order. */
public final class BerkeleyDbFile {
    private BerkeleyDbFile() {}

    /** Whether the bytes start as such a file does. */
    public static boolean isOne(byte[] content) {
        return Meta.isOne(content);
    }

    /**
     * Gives the data of every record to the sink, but for the number whose key is zero: rpm counts its packages there.
     *
     * <p>When pages are damaged, those that nothing leads to are read too.
     */
    public static void read(byte[] content, RecordSink sink) {
        try {
            Meta meta = Meta.read(content);
            Pages pages = new Pages(content, meta);
            boolean isCut = meta.lastPage() >= pages.count();
            if (isCut) {
                sink.problem("it is cut short: it has " + pages.count() + " of " + (meta.lastPage() + 1)
                        + " pages, packages may be missing");
            }
            walk(meta, pages, Items.of(pages, sink));
        } catch (DamagedException e) {
            sink.problem(e.what() + ": none of its packages are read");
        }
    }

    private static void walk(Meta meta, Pages pages, Items items) throws DamagedException {
        if (pages.count() == 0) {
            throw new DamagedException("it ends in its first page");
        }
        if (meta.isHash()) {
            HashWalk walk = new HashWalk(pages, items);
            if (!walk.run()) {
                walk.strays();
            }
        } else {
            BtreeWalk walk = new BtreeWalk(pages, items);
            if (!walk.run()) {
                walk.strays();
            }
        }
    }
}
