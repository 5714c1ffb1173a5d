package io.limpid.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Makes small Berkeley DB files with one bucket or one leaf and pages of 512 bytes; a record bigger than {@link #ON_PAGE} goes to a chain. */
public final class BerkeleyDbMaker {
    public static final int PAGE = 512;
    public static final int ON_PAGE = 60;
    private static final int HEAD = 26;

    private final ByteOrder order;
    private final boolean hash;
    private final ByteBuffer file = ByteBuffer.allocate(PAGE * 200);
    private int pages = 2;

    private BerkeleyDbMaker(ByteOrder order, boolean hash) {
        this.order = order;
        this.hash = hash;
        file.order(order);
    }

    /** A hash file of these records, the keys 1, 2, 3 and so on, and of the count that rpm stores under 0. */
    public static byte[] hash(ByteOrder order, int version, List<byte[]> records) {
        return new BerkeleyDbMaker(order, true).file(version, records);
    }

    /** A btree file of these records. */
    public static byte[] btree(ByteOrder order, int version, List<byte[]> records) {
        return new BerkeleyDbMaker(order, false).file(version, records);
    }

    private byte[] file(int version, List<byte[]> records) {
        head(1, hash ? 13 : 5, 0);
        ByteBuffer page = file.slice(PAGE, PAGE).order(order);
        int end = PAGE;
        int index = 0;
        for (int i = 0; i <= records.size(); i++) {
            byte[] key = number(i);
            byte[] data = i == 0 ? number(records.size()) : records.get(i - 1);
            end = item(page, index++, end, 1, key);
            end = data.length > ON_PAGE ? reference(page, index++, end, data) : item(page, index++, end, 1, data);
        }
        page.putShort(20, (short) index);
        file.putInt(12, hash ? 0x061561 : 0x053162);
        file.putInt(16, version);
        file.putInt(20, PAGE);
        file.put(25, (byte) (hash ? 8 : 9));
        file.putInt(32, pages - 1);
        if (hash) {
            file.putInt(72, 0).putInt(88, index / 2).putInt(96, 1);
        } else {
            file.putInt(88, 1);
        }
        byte[] bytes = new byte[pages * PAGE];
        file.get(0, bytes);
        return bytes;
    }

    private byte[] number(int number) {
        return ByteBuffer.allocate(4).order(order).putInt(number).array();
    }

    private int item(ByteBuffer page, int index, int end, int type, byte[] bytes) {
        int at = end - bytes.length - (hash ? 1 : 3);
        if (hash) {
            page.put(at, (byte) type);
            page.put(at + 1, bytes);
        } else {
            page.putShort(at, (short) bytes.length);
            page.put(at + 2, (byte) type);
            page.put(at + 3, bytes);
        }
        page.putShort(HEAD + 2 * index, (short) at);
        return at;
    }

    private int reference(ByteBuffer page, int index, int end, byte[] data) {
        int at = end - 12;
        page.put(at + (hash ? 0 : 2), (byte) 3);
        page.putInt(at + 4, pages).putInt(at + 8, data.length);
        page.putShort(HEAD + 2 * index, (short) at);
        for (int from = 0; from < data.length; from += PAGE - HEAD) {
            int length = Math.min(PAGE - HEAD, data.length - from);
            boolean last = from + length == data.length;
            head(pages, 7, last ? 0 : pages + 1);
            file.putShort(pages * PAGE + 20, (short) 1);
            file.putShort(pages * PAGE + 22, (short) length);
            file.put(pages * PAGE + HEAD, data, from, length);
            pages++;
        }
        return at;
    }

    private void head(int number, int type, int next) {
        file.putInt(number * PAGE + 8, number);
        file.putInt(number * PAGE + 16, next);
        file.put(number * PAGE + 25, (byte) type);
    }
}
