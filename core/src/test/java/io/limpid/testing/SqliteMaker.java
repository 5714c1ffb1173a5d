package io.limpid.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Makes SQLite databases of three pages whose table {@code Packages} has one leaf, the second page, and write-ahead logs that replace it. */
public final class SqliteMaker {
    public static final int PAGE = 1024;
    private static final int HEAD = 100;
    private static final int MAGIC = 0x377f0682;

    private SqliteMaker() {}

    /** A database of these records, with the rowids 1, 2, 3 and so on. */
    public static byte[] file(List<byte[]> records) {
        ByteBuffer file = ByteBuffer.allocate(3 * PAGE);
        file.put(0, "SQLite format 3\0".getBytes(US_ASCII));
        file.putShort(16, (short) PAGE).put(18, (byte) 2).put(19, (byte) 2);
        file.putInt(24, 1).putInt(28, 3).putInt(56, 1).putInt(92, 1);
        byte[] table = row("table", "Packages", "Packages", (byte) 2, "CREATE TABLE Packages(hnum, blob)");
        leaf(file.slice(0, PAGE), HEAD, List.of(table));
        file.put(PAGE, page(records));
        file.put(2 * PAGE, (byte) 0x0a);
        return file.array();
    }

    /** The page of the table's rows. */
    public static byte[] page(List<byte[]> records) {
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        leaf(page, 0, records.stream().map(record -> row(false, record)).toList());
        return page.array();
    }

    private static void leaf(ByteBuffer page, int head, List<byte[]> rows) {
        page.put(head, (byte) 0x0d);
        page.putShort(head + 3, (short) rows.size());
        int at = PAGE;
        for (int i = 0; i < rows.size(); i++) {
            byte[] row = rows.get(i);
            at -= row.length + 3;
            // The length in two bytes, as a number of up to 14 bits can always be written, and the rowid.
            page.put(at, (byte) (row.length >> 7 | 0x80)).put(at + 1, (byte) (row.length & 0x7f));
            page.put(at + 2, (byte) (i + 1));
            page.put(at + 3, row);
            page.putShort(head + 8 + 2 * i, (short) at);
        }
    }

    private static byte[] row(Object... values) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Object value : values) {
            if (value instanceof String text) {
                type(head, 13 + 2 * text.length());
                body.writeBytes(text.getBytes(US_ASCII));
            } else if (value instanceof byte[] bytes) {
                type(head, 12 + 2 * bytes.length);
                body.writeBytes(bytes);
            } else if (value instanceof Byte one) {
                type(head, 1);
                body.write(one);
            } else {
                type(head, 0);
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.size() + 1);
        all.writeBytes(head.toByteArray());
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }

    private static void type(ByteArrayOutputStream head, int type) {
        head.write(type >> 7 | 0x80);
        head.write(type & 0x7f);
    }

    /** A log of transactions, each of which replaces the rows of the table by these; big-endian sums or not. */
    public static byte[] log(ByteOrder sums, List<List<byte[]>> transactions) {
        ByteBuffer log = ByteBuffer.allocate(32 + transactions.size() * (24 + PAGE));
        log.putInt(0, MAGIC | (sums == ByteOrder.BIG_ENDIAN ? 1 : 0))
                .putInt(4, 3_007_000)
                .putInt(8, PAGE);
        log.putInt(16, 7).putInt(20, 8);
        int[] sum = new int[2];
        add(sum, log.slice(0, 24).order(sums));
        log.putInt(24, sum[0]).putInt(28, sum[1]);
        int at = 32;
        for (List<byte[]> records : transactions) {
            log.putInt(at, 2).putInt(at + 4, 3).putInt(at + 8, 7).putInt(at + 12, 8);
            log.put(at + 24, page(records));
            add(sum, log.slice(at, 8).order(sums));
            add(sum, log.slice(at + 24, PAGE).order(sums));
            log.putInt(at + 16, sum[0]).putInt(at + 20, sum[1]);
            at += 24 + PAGE;
        }
        return log.array();
    }

    private static void add(int[] sum, ByteBuffer words) {
        for (int at = 0; at < words.capacity(); at += 8) {
            sum[0] += words.getInt(at) + sum[1];
            sum[1] += words.getInt(at + 4) + sum[0];
        }
    }
}
