package io.limpid.format.tar;

import static io.limpid.format.tar.TarBytes.header;
import static io.limpid.format.tar.TarBytes.noContent;
import static io.limpid.format.tar.TarBytes.one0;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives that no program writes any more, or none should. What is right is what Go's archive/tar does. */
class HandMadeTarTest {
    private static final String LONG = "n".repeat(300);

    private static Arguments row(String what, TarBytes archive, String... expected) {
        return Arguments.of(what, archive.bytes(), List.of(expected));
    }

    private static TarBytes tar() {
        return new TarBytes();
    }

    private static TarBytes.Header sized(long size) {
        return header("a", '0', 0).base256(124, size);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                row("base 256", tar().entry(sized(3), "abc").file("z", ""), "FILE a 3", "FILE z 0", "end"),
                row("negative size", tar().file("y", "").entry(sized(-1), ""), "FILE y 0", "broken"),
                row(
                        "negative size of a folder",
                        tar().entry(header("d", '5', 0).base256(124, -1), ""),
                        "DIRECTORY d 0",
                        "end"),
                row(
                        "a size near the largest",
                        tar().entry(sized(Long.MAX_VALUE - 600), "abc"),
                        "FILE a 9223372036854775207",
                        "cut"),
                row("a size too near the largest", tar().entry(sized(Long.MAX_VALUE - 1), "abc"), "broken"),
                row(
                        "a size too large",
                        tar().entry(
                                        header("a", '0', 0)
                                                .text(124, "\0")
                                                .base256(124, 1)
                                                .text(125, "\1"),
                                        ""),
                        "broken"),
                row("no octal size", tar().entry(header("a", '0', 0).text(124, "0000000009z"), ""), "broken"),
                row(
                        "spaces round the size",
                        tar().entry(header("a", '0', 0).text(124, "   3       \0"), "abc"),
                        "FILE a 3",
                        "end"),
                row("signed checksum", tar().entry(header("é", '0', 0).signed(), ""), "FILE é 0", "end"),
                row("wrong checksum", tar().file("y", "").raw(wrongChecksum()), "FILE y 0", "broken"),
                row("old folder", tar().entry(header("d/", '\0', 0).v7(), ""), "DIRECTORY d 0", "end"),
                row(
                        "old folder with a size",
                        tar().entry(header("d/", '\0', 700).v7(), "").file("z", ""),
                        "DIRECTORY d 0",
                        "FILE z 0",
                        "end"),
                row("old file", tar().entry(header("f", '\0', 1).v7(), "x"), "FILE f 1", "end"),
                row("a file that ends in a slash", tar().entry("f/", '0', "x"), "FILE f/ 1", "end"),
                row(
                        "links and devices have no content",
                        noContent(),
                        "HARD_LINK 1 0",
                        "SYMBOLIC_LINK 2 0",
                        "OTHER 3 0",
                        "OTHER 4 0",
                        "DIRECTORY 5 0",
                        "OTHER 6 0",
                        "end"),
                row(
                        "types of GNU tar have",
                        tar().entry("D", 'D', "abc")
                                .entry("M", 'M', "abc")
                                .entry("V", 'V', "")
                                .file("z", ""),
                        "OTHER D 3",
                        "OTHER M 3",
                        "OTHER V 0",
                        "FILE z 0",
                        "end"),
                row(
                        "ustar prefix",
                        tar().entry(header("name", '0', 0).text(345, "pre/fix"), ""),
                        "FILE pre/fix/name 0",
                        "end"),
                row(
                        "star prefix",
                        tar().entry(
                                        header("name", '0', 0)
                                                .text(345, "p".repeat(131) + "12345")
                                                .text(508, "tar\0"),
                                        ""),
                        "FILE " + "p".repeat(131) + "/name 0",
                        "end"),
                row(
                        "no prefix in V7",
                        tar().entry(header("name", '0', 0).v7().text(345, "pre"), ""),
                        "FILE name 0",
                        "end"),
                row(
                        "GNU prefix of Go before 1.8",
                        tar().entry(header("name", '0', 0).gnu().text(345, "pre/fix"), ""),
                        "FILE pre/fix/name 0",
                        "end"),
                row(
                        "GNU times",
                        tar().entry(
                                        header("name", '0', 0)
                                                .gnu()
                                                .octal(345, 12, 1)
                                                .octal(357, 12, 1),
                                        ""),
                        "FILE name 0",
                        "end"),
                row(
                        "a GNU time before 1970",
                        tar().entry(
                                        header("name", '0', 0)
                                                .gnu()
                                                .octal(345, 12, 1)
                                                .base256(357, -5),
                                        ""),
                        "FILE name 0",
                        "end"));
    }

    static Stream<Arguments> extendedHeaders() {
        return Stream.of(
                row("pax path", tar().pax("path", LONG).file("a", ""), "FILE " + LONG + " 0", "end"),
                row(
                        "pax size",
                        tar().pax("size", "3").entry(header("a", '0', 0), "abc").file("z", ""),
                        "FILE a 3",
                        "FILE z 0",
                        "end"),
                row(
                        "pax size with zeros before it",
                        tar().pax("size", "0".repeat(30) + "3").entry(header("a", '0', 0), "abc"),
                        "FILE a 3",
                        "end"),
                row(
                        "pax size that is too large",
                        tar().pax("size", "1" + "0".repeat(18)).file("a", ""),
                        "broken"),
                row(
                        "pax size of a folder",
                        tar().pax("size", "3").entry("d", '5', "").file("z", ""),
                        "DIRECTORY d 0",
                        "FILE z 0",
                        "end"),
                row("negative pax size", tar().pax("size", "-3").file("a", ""), "broken"),
                row("empty value", tar().pax("path", "b", "path", "").file("a", ""), "FILE a 0", "end"),
                row("the last value counts", tar().pax("path", "b", "path", "c").file("a", ""), "FILE c 0", "end"),
                row(
                        "the last header counts",
                        tar().pax("path", "b").pax("size", "0").file("a", ""),
                        "FILE a 0",
                        "end"),
                row("zero byte in a path", tar().pax("path", "b\0c").file("a", ""), "broken"),
                row("equals sign in a path", tar().pax("path", "b=c").file("a", ""), "FILE b=c 0", "end"),
                row(
                        "GNU name before pax path",
                        tar().entry("L", 'L', "gnu\0").pax("path", "pax").file("a", ""),
                        "FILE gnu 0",
                        "end"),
                row("empty GNU name", tar().entry("L", 'L', "\0").file("a", ""), "FILE a 0", "end"),
                row(
                        "GNU link",
                        tar().entry("K", 'K', LONG + "\0").entry("a", '2', ""),
                        "SYMBOLIC_LINK a 0 " + LONG,
                        "end"),
                row("Sun's pax", tar().entry("X", 'X', "9 path=b\n").file("a", ""), "FILE b 0", "end"),
                row(
                        "a global header is passed over",
                        tar().entry("g", 'g', "9 path=b\n").file("a", ""),
                        "FILE a 0",
                        "end"),
                row(
                        "and takes what is before it",
                        tar().pax("path", "b").entry("g", 'g', "10 path=c\n").file("a", ""),
                        "FILE a 0",
                        "end"),
                row("nothing after a pax header", tar().pax("path", "b"), "cut"),
                row("its size is cut", tar().entry(header("x", 'x', 2000), "10 path=b\n"), "cut"));
    }

    static Stream<Arguments> brokenRecords() {
        return Stream.of(
                        "",
                        " ",
                        "5",
                        "0 a=b\n",
                        "6 a=b",
                        "7 a=b\n",
                        "5 a=b\n",
                        "6 aab\n",
                        "5 =b\n",
                        "x a=b\n",
                        "99999999999999999999 a=b\n",
                        "6  a=b\n",
                        "-6 a=b\n",
                        "6 a=b\n6 a=c")
                .map(records -> Arguments.of(records));
    }

    static Stream<Arguments> sparse() {
        return Stream.of(
                row("not GNU's map", tar().entry("a", 'S', ""), "broken"),
                row(
                        "0.0",
                        tar().pax(
                                        "GNU.sparse.size",
                                        "4",
                                        "GNU.sparse.numblocks",
                                        "1",
                                        "GNU.sparse.offset",
                                        "1",
                                        "GNU.sparse.numbytes",
                                        "2")
                                .file("a", "xy"),
                        "FILE a 4",
                        "end"),
                row(
                        "0.1",
                        tar().pax(
                                        "GNU.sparse.size",
                                        "4",
                                        "GNU.sparse.numblocks",
                                        "1",
                                        "GNU.sparse.map",
                                        "1,2",
                                        "GNU.sparse.name",
                                        "b")
                                .file("a", "xy"),
                        "FILE b 4",
                        "end"),
                row(
                        "another count",
                        tar().pax("GNU.sparse.size", "4", "GNU.sparse.numblocks", "2", "GNU.sparse.map", "1,2")
                                .file("a", "xy"),
                        "broken"),
                row(
                        "an odd map",
                        tar().pax("GNU.sparse.size", "4", "GNU.sparse.numblocks", "1", "GNU.sparse.map", "1")
                                .file("a", "xy"),
                        "broken"),
                row("order", tar().pax("GNU.sparse.numbytes", "4").file("a", ""), "broken"),
                row(
                        "order too",
                        tar().pax("GNU.sparse.offset", "4", "GNU.sparse.offset", "4")
                                .file("a", ""),
                        "broken"),
                row("1.0", one0("1\n1\n2\n"), "FILE b 4", "end"),
                row("1.0 overlapping", one0("2\n1\n2\n2\n1\n"), "broken"),
                row("1.0 beyond the end", one0("1\n3\n2\n"), "broken"),
                row("1.0 negative", one0("-1\n"), "broken"),
                row("1.0 without an end", one0("1"), "broken"),
                row(
                        "an unknown version is no sparse file",
                        tar().pax("GNU.sparse.major", "2", "GNU.sparse.minor", "0")
                                .file("a", "xy"),
                        "FILE a 2",
                        "end"),
                row(
                        "a sparse link",
                        tar().pax("GNU.sparse.major", "1", "GNU.sparse.minor", "0")
                                .entry("a", '2', ""),
                        "broken"),
                row(
                        "more than is stored",
                        tar().pax("GNU.sparse.size", "4", "GNU.sparse.numblocks", "1", "GNU.sparse.map", "1,3")
                                .file("a", "xy"),
                        "broken"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"headers", "extendedHeaders", "sparse"})
    void isReadAsGoDoes(String what, byte[] archive, List<String> expected) {
        Listing listing = Windows.listing(archive);
        List<String> seen = new ArrayList<>();
        for (Listing.Item item : listing.items()) {
            seen.add((item.kind() + " " + item.name() + " " + item.size() + " " + item.link()).strip());
        }
        seen.add(listing.end());
        assertThat(seen).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource
    void brokenRecords(String records) {
        byte[] archive =
                tar().file("y", "").entry("pax", 'x', records).file("a", "").ended();
        Listing listing = Windows.listing(archive);
        assertThat(listing.end()).isEqualTo(records.isEmpty() ? Listing.END : Listing.BROKEN);
        assertThat(listing.items()).hasSize(records.isEmpty() ? 2 : 1);
    }

    @Test
    void endMarkers() throws IOException {
        byte[] zero = new byte[TarHeader.BLOCK];
        assertThat(endMarkerSeen(tar().file("a", "").bytes())).isFalse();
        assertThat(endMarkerSeen(tar().file("a", "").raw(zero).bytes())).isTrue();
        assertThat(endMarkerSeen(tar().file("a", "").ended())).isTrue();
        byte[] lone = tar().file("a", "").raw(zero).file("b", "").bytes();
        assertThat(Windows.listing(lone).end()).isEqualTo(Listing.BROKEN);
    }

    private static boolean endMarkerSeen(byte[] archive) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive), Limits.DEFAULT, 1 << 12);
        TarEntry entry = reader.next();
        assertThat(entry).isNotNull();
        assertThat(reader.next()).isNull();
        return reader.endMarkerSeen();
    }

    @Test
    void headerThatIsTooLargeIsPassedOverAndSaid() throws IOException {
        byte[] archive = tar().pax("path", "b", "comment", "c".repeat(2 << 20))
                .file("a", "x")
                .file("z", "")
                .ended();
        TarReader reader = new TarReader(new ByteArrayInputStream(archive), Limits.DEFAULT, 1 << 12);
        TarEntry first = requireNonNull(reader.next());
        assertThat(first.name()).isEqualTo("a");
        assertThat(first.headerSkipped()).isTrue();
        assertThat(requireNonNull(reader.next()).headerSkipped()).isFalse();
        assertThat(Windows.listing(archive).items()).hasSize(2);
    }

    /** Entries so far and then an error, or a clean end where nothing but an end marker or padding is missing. */
    @Test
    void cutAnywhere() {
        byte[] archive = tar().file("a", "x".repeat(700))
                .pax("path", LONG)
                .entry("b", '2', "")
                .entry("L", 'L', LONG + "\0")
                .file("c", "y".repeat(512))
                .ended();
        Listing whole = Windows.listing(archive);
        List<Integer> cleanEnds = List.of(0, 512 + 700, 512 + 1024, 512 + 1024 + 1536, archive.length - 1024);
        for (int length = 0; length < archive.length; length++) {
            Listing listing = Windows.listing(Arrays.copyOf(archive, length));
            assertThat(listing.items())
                    .as("cut at %d", length)
                    .isEqualTo(whole.items().subList(0, listing.items().size()));
            boolean inPadding = length >= cleanEnds.get(1) && length <= cleanEnds.get(2);
            boolean blockOfMarker = length == archive.length - 512;
            boolean clean = cleanEnds.contains(length) || inPadding || blockOfMarker;
            assertThat(listing.end()).as("cut at %d", length).isEqualTo(clean ? Listing.END : Listing.CUT);
        }
    }

    @Test
    void streamThatSkipsBeyondItsEndIsNotTakenForWhole(@TempDir Path folder) throws IOException {
        byte[] archive = tar().file("a", "x".repeat(100_000)).bytes();
        File file = folder.resolve("cut.tar").toFile();
        Files.write(file.toPath(), Arrays.copyOf(archive, 50_000));
        try (InputStream in = new FileInputStream(file)) {
            TarReader reader = new TarReader(in, Limits.DEFAULT, 1 << 10);
            assertThat(reader.next()).isNotNull();
            assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
        }
    }

    private static byte[] wrongChecksum() {
        byte[] block = header("a", '0', 0).bytes();
        block[0] ^= 1;
        return block;
    }
}
