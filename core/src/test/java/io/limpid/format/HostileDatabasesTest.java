package io.limpid.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.format.berkeleydb.BerkeleyDbFile;
import io.limpid.format.ndb.NdbFile;
import io.limpid.format.sqlite.Beside;
import io.limpid.format.sqlite.SqliteTable;
import io.limpid.testing.BerkeleyDbMaker;
import io.limpid.testing.NdbMaker;
import io.limpid.testing.RpmHeader;
import io.limpid.testing.SqliteMaker;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Databases that lead to the same bytes again and again: they yield no more than their size, and say that something is wrong.
 *
 * <p>What is counted is what a reader gives on: records, their bytes, problems.
 */
class HostileDatabasesTest {
    private static final int LEAF = 0x0d;
    private static final int INTERIOR = 0x05;
    private static final int BIG = 65536;
    private static final byte[] HEADER = RpmHeader.of("bash=5.1-2");

    private static final class Counter implements RecordSink {
        private long steps;
        private long bytes;
        private long problems;

        @Override
        public void whole(String name, ByteBuffer content) {
            steps++;
            bytes += content.remaining();
        }

        @Override
        public void damaged(String name, ByteBuffer content, String damage) {
            whole(name, content);
            problems++;
        }

        @Override
        public void stray(String name, ByteBuffer content) {
            whole(name, content);
        }

        @Override
        public void problem(String what) {
            steps++;
            problems++;
        }
    }

    private record Case(String name, IntFunction<byte[]> ofPages, BiConsumer<byte[], RecordSink> reader) {}

    @TestFactory
    Stream<DynamicTest> noMoreThanTheirSize() {
        return cases().map(one -> dynamicTest(one.name, () -> {
            for (int pages : List.of(6, 12, 24)) {
                byte[] file = one.ofPages.apply(pages);
                Counter counter = new Counter();
                one.reader.accept(file, counter);
                assertThat(counter.problems).as("problems").isPositive();
                assertThat(counter.bytes).as("bytes of records").isLessThanOrEqualTo(file.length);
                assertThat(counter.steps).as("steps").isLessThanOrEqualTo(file.length / 16 + 2L * pages + 10);
            }
        }));
    }

    private static Stream<Case> cases() {
        BiConsumer<byte[], RecordSink> sqlite = HostileDatabasesTest::sqlite;
        BiConsumer<byte[], RecordSink> ndb = NdbFile::read;
        BiConsumer<byte[], RecordSink> berkeleyDb = BerkeleyDbFile::read;
        return Stream.of(
                new Case("SQLite: a row again and again", pages -> rows(pages, 1), sqlite),
                new Case("SQLite: two rows in turns", pages -> rows(pages, 2), sqlite),
                new Case("SQLite: a chain that all rows share", HostileDatabasesTest::sharedChain, sqlite),
                new Case("SQLite: cells at every byte", HostileDatabasesTest::overlappingCells, sqlite),
                new Case("SQLite: a leaf of many parents", HostileDatabasesTest::sharedLeaf, sqlite),
                new Case("SQLite: free pages without number", HostileDatabasesTest::freePages, sqlite),
                new Case("Berkeley DB: an item again and again", HostileDatabasesTest::sharedItem, berkeleyDb),
                new Case("Berkeley DB: a chain that all items share", pages -> references(pages, 2), berkeleyDb),
                new Case("Berkeley DB: all items on an empty page", pages -> references(pages, 3), berkeleyDb),
                new Case("Berkeley DB: all buckets on a page", HostileDatabasesTest::buckets, berkeleyDb),
                new Case("NDB: a blob of many slots", pages -> slots(pages, 1), ndb),
                new Case("NDB: slots of any number", pages -> slots(pages, 4), ndb));
    }

    private static void sqlite(byte[] file, RecordSink sink) {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        SqliteTable.read(file, new Beside(nothing, nothing), "Packages", sink);
    }

    private static byte[] bytes(ByteBuffer file) {
        byte[] bytes = new byte[file.capacity()];
        file.get(0, bytes);
        return bytes;
    }

    /** Big pages; the table's root is the second. */
    private static ByteBuffer database(int pages) {
        ByteBuffer file = ByteBuffer.allocate(pages * BIG);
        file.put(0, Arrays.copyOf(SqliteMaker.file(List.of()), SqliteMaker.PAGE));
        return file.putShort(16, (short) 1).putInt(28, pages);
    }

    /** A root over the third page and all behind it. */
    private static ByteBuffer tree(int pages) {
        ByteBuffer file = database(pages);
        file.put(BIG, (byte) INTERIOR).putShort(BIG + 3, (short) (pages - 3)).putInt(BIG + 8, pages);
        for (int i = 0; i < pages - 3; i++) {
            int cell = BIG / 2 + 8 * i;
            file.putShort(BIG + 12 + 2 * i, (short) cell);
            file.putInt(BIG + cell, 3 + i).put(BIG + cell + 4, (byte) i);
        }
        return file;
    }

    private static final int CELLS = 30_000;

    /** Every leaf has its row, or its two rows, as often as there is room to say so. */
    private static byte[] rows(int pages, int different) {
        ByteBuffer file = tree(pages);
        for (int page = 2; page < pages; page++) {
            int leaf = page * BIG;
            file.put(leaf, (byte) LEAF).putShort(leaf + 3, (short) CELLS);
            ByteBuffer made = ByteBuffer.wrap(SqliteMaker.page(List.of(HEADER, HEADER)));
            int end = SqliteMaker.PAGE;
            for (int i = 0; i < different; i++) {
                int from = made.getShort(8 + 2 * i);
                int at = BIG - SqliteMaker.PAGE + from;
                file.put(leaf + at, made, from, end - from);
                for (int cell = i; cell < CELLS; cell += different) {
                    file.putShort(leaf + 8 + 2 * cell, (short) at);
                }
                end = from;
            }
        }
        return bytes(file);
    }

    /** A row of 70,000 bytes, most of them in the chain that begins with the third page. */
    private static byte[] sharedChain(int pages) {
        ByteBuffer file = database(pages);
        int cells = 20_000;
        int cell = 8 + 2 * cells;
        file.put(BIG, (byte) LEAF).putShort(BIG + 3, (short) cells);
        for (int i = 0; i < cells; i++) {
            file.putShort(BIG + 8 + 2 * i, (short) cell);
        }
        int at = BIG + cell;
        file.put(at, (byte) (70_000 >> 14 | 0x80))
                .put(at + 1, (byte) (70_000 >> 7 | 0x80))
                .put(at + 2, (byte) (70_000 & 0x7f));
        file.putInt(at + 4 + 8199, 3);
        return bytes(file);
    }

    private static byte[] overlappingCells(int pages) {
        ByteBuffer file = tree(pages);
        for (int page = 2; page < pages; page++) {
            int leaf = page * BIG;
            file.put(leaf, (byte) LEAF).putShort(leaf + 3, (short) CELLS);
            for (int i = 0; i < CELLS; i++) {
                file.putShort(leaf + 8 + 2 * i, (short) (8 + 2 * CELLS + i % 5000));
            }
            // Each byte begins a row of some bytes whose number is some bytes.
            for (int at = leaf + 8 + 2 * CELLS; at < leaf + BIG; at++) {
                file.put(at, (byte) (at % 100));
            }
        }
        return bytes(file);
    }

    private static byte[] sharedLeaf(int pages) {
        ByteBuffer file = tree(pages);
        for (int page = 2; page < pages - 1; page++) {
            int interior = page * BIG;
            file.put(interior, (byte) INTERIOR)
                    .putShort(interior + 3, (short) CELLS)
                    .putInt(interior + 8, pages);
            for (int i = 0; i < CELLS; i++) {
                file.putShort(interior + 12 + 2 * i, (short) (BIG - 8));
            }
            file.putInt(interior + BIG - 8, pages);
        }
        file.put((pages - 1) * BIG, (byte) LEAF);
        return bytes(file);
    }

    /** No table, so that pages which nothing leads to are looked for, and trunks in a circle that name every number. */
    private static byte[] freePages(int pages) {
        ByteBuffer file = database(pages);
        file.putInt(32, 3);
        for (int page = 2; page < pages; page++) {
            file.putInt(page * BIG, page == pages - 1 ? 3 : page + 2).putInt(page * BIG + 4, -1);
            for (int i = 8; i < BIG; i += 4) {
                file.putInt(page * BIG + i, page * BIG + i);
            }
        }
        return bytes(file);
    }

    /** A Berkeley DB file of big pages: the first, one of items, and others. */
    private static ByteBuffer berkeleyDb(int pages, boolean hash) {
        byte[] made = hash
                ? BerkeleyDbMaker.hash(ByteOrder.LITTLE_ENDIAN, 9, List.of())
                : BerkeleyDbMaker.btree(ByteOrder.LITTLE_ENDIAN, 9, List.of());
        ByteBuffer file = ByteBuffer.allocate(pages * BIG).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, Arrays.copyOf(made, BerkeleyDbMaker.PAGE));
        file.putInt(20, BIG).putInt(32, pages - 1);
        for (int page = 1; page < pages; page++) {
            file.putInt(page * BIG + 8, page);
        }
        return file;
    }

    private static byte[] sharedItem(int pages) {
        ByteBuffer file = berkeleyDb(pages, false);
        int leaf = BIG;
        file.put(leaf + 25, (byte) 5).putShort(leaf + 20, (short) CELLS);
        int at = BIG - 3 - HEADER.length;
        file.putShort(leaf + at, (short) HEADER.length)
                .put(leaf + at + 2, (byte) 1)
                .put(leaf + at + 3, HEADER);
        for (int i = 0; i < CELLS; i++) {
            file.putShort(leaf + 26 + 2 * i, (short) at);
        }
        return bytes(file);
    }

    /** A bucket on each page but the second and third, and all its items say that their bytes are on that page. */
    private static byte[] references(int pages, int on) {
        ByteBuffer file = berkeleyDb(pages, true);
        file.putInt(72, 0).putInt(96, 1);
        int pairs = (BIG - 26) / (5 + 12 + 4);
        for (int page = 1; page < pages; page++) {
            int bucket = page * BIG;
            if (page == 2) {
                file.put(bucket + 25, (byte) 7).putShort(bucket + 22, (short) 8);
            } else if (page == 3) {
                file.putInt(bucket + 8, 0);
            } else {
                file.put(bucket + 25, (byte) 13).putShort(bucket + 20, (short) (2 * pairs));
                file.putInt(bucket + 16, page == 1 ? 4 : page == pages - 1 ? 0 : page + 1);
                int end = BIG;
                for (int i = 0; i < pairs; i++) {
                    end -= 5;
                    file.put(bucket + end, (byte) 1).putInt(bucket + end + 1, page * pairs + i);
                    file.putShort(bucket + 26 + 4 * i, (short) end);
                    end -= 12;
                    file.put(bucket + end, (byte) 3)
                            .putInt(bucket + end + 4, on)
                            .putInt(bucket + end + 8, 8);
                    file.putShort(bucket + 28 + 4 * i, (short) end);
                }
            }
        }
        return bytes(file);
    }

    private static byte[] buckets(int pages) {
        ByteBuffer file = berkeleyDb(pages, true);
        file.putInt(72, -1).putInt(88, 7);
        for (int group = 0; group < 32; group++) {
            file.putInt(96 + 4 * group, 1 - (group == 0 ? 0 : 1 << (group - 1)));
        }
        file.put(BIG + 25, (byte) 13);
        return bytes(file);
    }

    /** Slots wherever there is room; the numbers go on or start anew, and all lead to the first blob. */
    private static byte[] slots(int pages, int numbers) {
        byte[] made = NdbMaker.file(List.of(HEADER));
        ByteBuffer file = ByteBuffer.allocate(pages * 4096 + made.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, Arrays.copyOf(made, 4096));
        int blob = pages * 4096;
        file.put(blob, made, 4096, made.length - 4096);
        file.putInt(12, pages);
        for (int at = 32; at < blob; at += 16) {
            file.put(at, made, 32, 4);
            file.putInt(at + 4, numbers == 1 ? 1 : at)
                    .putInt(at + 8, blob / 16)
                    .putInt(at + 12, (made.length - 4096) / 16);
        }
        return bytes(file);
    }
}
