package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a row has is what is read of the block that it was copied into. */
class BlockWriterTest {
    private static final String LONG = "https://security.example/advisories/".repeat(12);

    /** A field: a number, or, where there is none, a text or its absence. */
    private record Field(@Nullable Long number, @Nullable String text) {}

    record Entry(Key key, List<Field> fields) {}

    @Provide
    Arbitrary<List<Entry>> entries() {
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange(Character.MIN_VALUE, Character.MAX_VALUE)
                .ofMaxLength(20);
        Arbitrary<String> latin =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(20);
        // Beginnings that are shared by none, some and more characters than a reference can tell, and strings that come
        // again.
        Arbitrary<String> alike = Combinators.combine(
                        Arbitraries.of(0, 1, 7, 8, 9, 254, 255, 256, LONG.length()),
                        Arbitraries.of("", "x", "y", "\u00ff", "\u0100", "\ud800", "xy".repeat(80)))
                .as((length, end) -> LONG.substring(0, length) + end);
        Arbitrary<String> texts = Arbitraries.oneOf(any, latin, alike, alike);
        Arbitrary<Long> numbers = Arbitraries.oneOf(
                Arbitraries.longs().between(0, Long.MAX_VALUE >> BlockWriter.KIND_BITS),
                Arbitraries.of(0L, 127L, 128L, 16_383L, 16_384L, Long.MAX_VALUE >> BlockWriter.KIND_BITS));
        Arbitrary<Field> fields = Arbitraries.oneOf(
                numbers.map(number -> new Field(number, null)),
                texts.injectNull(0.1).map(text -> new Field(null, text)));
        return Combinators.combine(
                        Combinators.combine(texts, texts, texts).as(Key::new),
                        fields.list().ofMaxSize(12))
                .as(Entry::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void rowsCopied(@ForAll("entries") List<Entry> entries) throws IOException {
        BlockWriter block = new BlockWriter();
        byte[] first = copied(block, entries);
        check(new BlockReader(first), entries, 1);
        // The writer is as good as new, and what a row says is what was said without one.
        assertThat(copied(block, entries)).isEqualTo(first).isEqualTo(written(entries));
    }

    /** Read in any order, so that references lead to what was read and to what was not. */
    @Property(tries = 100)
    void readInAnyOrder(@ForAll("entries") List<Entry> entries, @ForAll long seed) throws IOException {
        BlockReader reader = new BlockReader(copied(new BlockWriter(), entries));
        Random random = new Random(seed);
        for (int i = 0; i < 2 * entries.size(); i++) {
            int entry = random.nextInt(entries.size());
            checkEntry(reader, entry, entries.get(entry));
        }
    }

    /** Strings that begin alike cost little, but never make more of a block than its reader allows. */
    @Test
    void nothingIsRefusedForItsCharacters() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            entries.add(new Entry(new Key("k", "", ""), List.of(new Field(null, LONG.substring(0, 255) + i))));
        }
        byte[] block = copied(new BlockWriter(), entries);
        assertThat(block.length).isLessThan(5000 * 60);
        check(new BlockReader(block), entries, 7);
    }

    @Test
    void largerThanItsArraysBegan() throws IOException {
        List<Entry> entries = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String name = "package-" + random.nextInt(3000);
            entries.add(new Entry(
                    new Key(name, "\u00fc" + i, "\u20ac"), List.of(new Field((long) i, null), new Field(null, name))));
        }
        entries.add(new Entry(
                new Key("", "", ""),
                List.of(new Field(null, "\uffff".repeat(300_000)), new Field(null, LONG.repeat(900)))));
        check(new BlockReader(copied(new BlockWriter(), entries)), entries, 3);
    }

    private static byte[] copied(BlockWriter block, List<Entry> entries) {
        RowWriter writer = new RowWriter();
        byte[] before = {1, 2, 3};
        for (Entry entry : entries) {
            writer.begin(entry.key());
            write(writer, entry);
            // A row lies anywhere in an array.
            byte[] bytes = Arrays.copyOf(before, before.length + writer.size() + 5);
            System.arraycopy(writer.bytes(), 0, bytes, before.length, writer.size());
            block.entry();
            new Row(bytes, before.length, before.length + writer.size()).writeTo(block);
        }
        return block.finish();
    }

    private static byte[] written(List<Entry> entries) {
        BlockWriter block = new BlockWriter();
        for (Entry entry : entries) {
            block.entry();
            block.key(entry.key());
            write(block, entry);
        }
        return block.finish();
    }

    private static void write(EntryWriter writer, Entry entry) {
        for (Field field : entry.fields()) {
            if (field.number() != null) {
                writer.number(field.number());
            } else {
                writer.string(field.text());
            }
        }
    }

    private static void check(BlockReader reader, List<Entry> entries, int step) throws IOException {
        assertThat(reader.entries()).isEqualTo(entries.size());
        for (int i = 0; i < entries.size(); i += step) {
            checkEntry(reader, i, entries.get(i));
        }
    }

    private static void checkEntry(BlockReader reader, int index, Entry entry) throws IOException {
        reader.seek(index);
        assertThat(reader.key()).isEqualTo(entry.key());
        for (Field field : entry.fields()) {
            if (field.number() != null) {
                assertThat(reader.number()).isEqualTo(field.number());
            } else if (!Objects.equals(reader.nullableString(), field.text())) {
                throw new AssertionError("another text than " + field.text());
            }
        }
        reader.end();
    }
}
