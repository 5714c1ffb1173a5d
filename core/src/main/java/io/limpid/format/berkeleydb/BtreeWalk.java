package io.limpid.format.berkeleydb;

import io.limpid.format.DamagedException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/** One walk through a btree file, from its root to its leaves. */
final class BtreeWalk {
    private static final int ROOT_AT = 88;
    private static final int TYPE_AT = 2;
    private static final int DATA_AT = 3;
    private static final int CHILD_AT = 4;
    private static final int CHILD_BYTES = 12;

    private static final int ON_PAGE = 1;
    private static final int OFF_PAGE = 3;
    private static final int DELETED = 0x80;

    private final Pages pages;
    private final Items items;
    private boolean damaged;

    BtreeWalk(Pages pages, Items items) {
        this.pages = pages;
        this.items = items;
    }

    /** Walks; false when some of the file could not be read. */
    boolean run() {
        Deque<Page> open = new ArrayDeque<>();
        try {
            enter(Integer.toUnsignedLong(pages.meta().page().getInt(ROOT_AT)), open);
        } catch (DamagedException e) {
            damage(e.what());
        }
        while (!open.isEmpty()) {
            Page page = open.pop();
            try {
                switch (page.type()) {
                    case Page.BTREE_INTERNAL -> children(page, open);
                    case Page.BTREE_LEAF -> leaf(page, items);
                    default -> throw new DamagedException("page " + page.number() + " is none of a tree");
                }
            } catch (DamagedException e) {
                damage(e.what());
            }
        }
        return !damaged;
    }

    /** The last child first: it is the last to be taken. */
    private void children(Page page, Deque<Page> open) throws DamagedException {
        for (int i = page.entries() - 1; i >= 0; i--) {
            enter(Integer.toUnsignedLong(page.slice(page.item(i), CHILD_BYTES).getInt(CHILD_AT)), open);
        }
    }

    /** Each page once, so that there are never more of them open than the file has. */
    private void enter(long number, Deque<Page> open) throws DamagedException {
        Page page = pages.page(number);
        pages.visit(page);
        open.push(page);
    }

    /** Gives on what is on the leaves that the tree did not lead to. */
    void strays() {
        Items strays = items.strays();
        for (int number = 1; number < pages.count(); number++) {
            if (!pages.isVisited(number) && pages.at(number).type() == Page.BTREE_LEAF) {
                leaf(pages.at(number), strays);
            }
        }
    }

    private void leaf(Page page, Items to) {
        if (page.entries() % 2 != 0) {
            damage("page " + page.number() + " has a key without data");
        }
        BitSet places = new BitSet();
        for (int i = 0; i + 1 < page.entries() && !to.isSpent(); i += 2) {
            try {
                to.step();
                int data = page.item(i + 1);
                if (places.get(data)) {
                    throw new DamagedException("two items of page " + page.number() + " are one");
                }
                places.set(data);
                pair(page, page.item(i), data, to);
            } catch (DamagedException e) {
                damage(e.what());
            }
        }
    }

    private void pair(Page page, int key, int data, Items to) throws DamagedException {
        int type = page.slice(data, DATA_AT).get(TYPE_AT) & 0xff;
        if ((type & DELETED) != 0) {
            return;
        }
        ByteBuffer keyBytes = content(page, key);
        if (type == ON_PAGE && to.isCounter(keyBytes, content(page, data).remaining())) {
            return;
        }
        String name = to.name(keyBytes, page);
        switch (type) {
            case ON_PAGE -> to.found(name, content(page, data));
            case OFF_PAGE -> to.reference(name, page, data);
            default -> damage(name + " is of a kind that package databases do not have");
        }
    }

    private static ByteBuffer content(Page page, int at) throws DamagedException {
        int length = Short.toUnsignedInt(page.slice(at, DATA_AT).getShort(0));
        return page.slice(at + DATA_AT, length);
    }

    private void damage(String what) {
        damaged = true;
        items.problem(what + ": packages may be missing");
    }
}
