package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows come out in the order of their keys, and none is lost, however much memory there is. */
class RowSorterTest {
    /** From a run for each row to no run. */
    private static final long[] MEMORIES = {0, 400, 10_000, 1 << 20};

    /** Units around the bounds of what a row writes in one way or another. */
    private static final char[] UNITS =
            "\0\1 a~\u007f\u0080\u00ff\u0100\u07ff\u0800\u0fff\u1000\ud800\udbff\udc00\udfff\ue000\uffff".toCharArray();

    private record Numbered(Key key, long number) {}

    @Provide
    Arbitrary<List<Key>> keys() {
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.strings().withChars(UNITS).ofMaxLength(12),
                Arbitraries.strings()
                        .withCharRange(Character.MIN_VALUE, Character.MAX_VALUE)
                        .ofMaxLength(4),
                Arbitraries.of("", "openssl", "openssl-libs", "openssl\0", "linux".repeat(100), "linux".repeat(101)));
        return Combinators.combine(names, names, names).as(Key::new).list().ofMaxSize(120);
    }

    @Property(tries = 150)
    void anyKeys(@ForAll("keys") List<Key> keys) throws IOException {
        for (long memory : MEMORIES) {
            check(keys, memory);
        }
    }

    /** A row longer than a chunk of memory, or than what is written at once, lies between short ones. */
    @ParameterizedTest
    @CsvSource({"65530, 0", "65532, 4000", "65536, 4000", "1048575, 2000000", "1048576, 2000000", "3000000, 10000000"})
    void longRows(int length, long memory) throws IOException {
        Random random = new Random(length);
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String name = "x".repeat(i % 8 == 0 ? length - random.nextInt(9) : random.nextInt(30));
            keys.add(new Key(name, "" + random.nextInt(3), ""));
        }
        check(keys, memory);
    }

    /** What is used again after a run is as good as new. */
    @Test
    void manyRuns() throws IOException {
        Random random = new Random(1);
        check(
                IntStream.range(0, 20_000)
                        .mapToObj(_ -> new Key("name" + random.nextInt(5000), "x".repeat(random.nextInt(300)), ""))
                        .toList(),
                100_000);
    }

    /** What quicksort may be slow with: rows that are the same, or differ late, that are sorted already or backwards. */
    @Test
    void muchAlikeIsSortedSoon() {
        String prefix = "prefix/".repeat(60);
        int many = 30_000;
        List<IntFunction<Key>> shapes = List.of(
                _ -> new Key("", "", ""),
                _ -> new Key(prefix, prefix, prefix),
                i -> new Key(prefix + String.format("%06d", i), "", ""),
                i -> new Key(prefix + String.format("%06d", many - i), "", ""),
                i -> new Key(prefix, prefix, String.format("%06d", (i * 7919L) % many)),
                i -> new Key(prefix.substring(0, i % prefix.length()), "", ""),
                i -> new Key("x".repeat(i % 400), "", ""),
                i -> new Key(i % 2 == 0 ? "a" : prefix, i < many / 2 ? "" + i : "" + (many - i), ""));
        for (IntFunction<Key> shape : shapes) {
            List<Key> keys = IntStream.range(0, many).mapToObj(shape).toList();
            Assertions.assertTimeout(Duration.ofSeconds(20), () -> check(keys, 1 << 30));
        }
    }

    /** A few rows the same for a megabyte: as deep as they are long. */
    @Test
    void sameForLong() throws IOException {
        String prefix = "p".repeat(1 << 20);
        check(
                IntStream.range(0, 64)
                        .mapToObj(i -> new Key(prefix, "", i % 3 == 0 ? "" : "" + (i * 31 % 64)))
                        .toList(),
                1 << 30);
    }

    @Test
    void rowsAndTheirKeysAreOrderedTheSame() throws IOException {
        List<String> names = new ArrayList<>(List.of("", "ab", "a", "a\0", "a\0b"));
        for (char unit : UNITS) {
            names.add("" + unit);
            names.add("a" + unit);
        }
        for (String one : names) {
            for (String other : names) {
                assertThat(Integer.signum(row(new Key(one, "", "")).compareTo(row(new Key(other, "", "")))))
                        .as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(one.compareTo(other)));
                assertThat(row(new Key("n", one, "")).sharedNames(row(new Key("n", other, ""))))
                        .isEqualTo(one.equals(other) ? 3 : 1);
            }
        }
        assertThat(row(new Key("", "", "")).sharedNames(Row.NONE)).isZero();
    }

    private static Row row(Key key) {
        RowWriter row = new RowWriter();
        row.begin(key);
        return new Row(Arrays.copyOf(row.bytes(), row.size()), 0, row.size());
    }

    private static void check(List<Key> keys, long memory) throws IOException {
        List<Numbered> expected = new ArrayList<>();
        List<Numbered> found = new ArrayList<>();
        Path folder = Files.createTempDirectory("rows");
        try (RowSorter sorter = new RowSorter(folder, "run", memory)) {
            RowWriter row = new RowWriter();
            for (Key key : keys) {
                row.begin(key);
                row.number(expected.size());
                sorter.add(row);
                expected.add(new Numbered(key, expected.size()));
            }
            RowSorter.Rows sorted = sorter.sorted();
            for (Row next = sorted.next(); next != null; next = sorted.next()) {
                BlockWriter block = new BlockWriter();
                block.entry();
                next.writeTo(block);
                BlockReader reader = new BlockReader(block.finish());
                reader.seek(0);
                found.add(new Numbered(reader.key(), reader.number()));
                assertThat(next.key()).isEqualTo(found.getLast().key());
                reader.end();
            }
            assertThat(sorted.next()).isNull();
        }
        assertThat(found).isSortedAccordingTo(Comparator.comparing(Numbered::key));
        found.sort(Comparator.comparingLong(Numbered::number));
        assertThat(found).isEqualTo(expected);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
        Files.delete(folder);
    }
}
