package io.limpid.detect.rpm;

import static io.limpid.testing.RpmHeader.BIN;
import static io.limpid.testing.RpmHeader.CHAR;
import static io.limpid.testing.RpmHeader.EPOCH;
import static io.limpid.testing.RpmHeader.I18NSTRING;
import static io.limpid.testing.RpmHeader.INT16;
import static io.limpid.testing.RpmHeader.INT32;
import static io.limpid.testing.RpmHeader.INT64;
import static io.limpid.testing.RpmHeader.INT8;
import static io.limpid.testing.RpmHeader.MODULARITYLABEL;
import static io.limpid.testing.RpmHeader.NAME;
import static io.limpid.testing.RpmHeader.NULL;
import static io.limpid.testing.RpmHeader.SOURCERPM;
import static io.limpid.testing.RpmHeader.STRING;
import static io.limpid.testing.RpmHeader.STRING_ARRAY;
import static io.limpid.testing.RpmHeader.VERSION;
import static io.limpid.testing.RpmHeader.packageOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.model.Detection;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.testing.NdbMaker;
import io.limpid.testing.RpmHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a header says of its package, and what is said of headers that are wrong. */
class HeaderTest {
    private static final byte[] NOTHING = {};

    private record Case(String name, Supplier<byte[]> header, String expected) {}

    private static Case of(String name, byte[] header, String expected) {
        return new Case(name, () -> header, expected);
    }

    private static RpmHeader bash() {
        return packageOf("bash=5.1-2");
    }

    @TestFactory
    Stream<DynamicTest> rightHeaders() {
        return cases(
                of("plain", bash().bytes(), "bash 5.1-2 x86_64 bash 5.1-2 null"),
                of("region", bash().region(5), "bash 5.1-2 x86_64 bash 5.1-2 null"),
                of(
                        "what was added replaces what was signed",
                        bash().text(VERSION, "6").number(EPOCH, 3).region(5),
                        "bash 3:6-2 x86_64 bash 5.1-2 null"),
                of("epoch", bash().number(EPOCH, 1).bytes(), "bash 1:5.1-2 x86_64 bash 5.1-2 null"),
                of("epoch 0", bash().number(EPOCH, 0).bytes(), "bash 0:5.1-2 x86_64 bash 5.1-2 null"),
                of("highest epoch", bash().number(EPOCH, -1).bytes(), "bash 4294967295:5.1-2 x86_64 bash 5.1-2 null"),
                of("module", bash().text(MODULARITYLABEL, "a:1:2:3").bytes(), "bash 5.1-2 x86_64 bash 5.1-2 a:1:2:3"),
                of(
                        "another source",
                        new RpmHeader()
                                .text(NAME, "a-libs")
                                .text(VERSION, "1")
                                .text(RpmHeader.RELEASE, "2")
                                .text(SOURCERPM, "a-b-c-1.0-2.el9.nosrc.rpm")
                                .bytes(),
                        "a-libs 1-2 null a-b-c 1.0-2.el9 null"),
                of(
                        "a key for signatures",
                        new RpmHeader()
                                .text(NAME, "gpg-pubkey")
                                .text(VERSION, "1")
                                .text(RpmHeader.RELEASE, "2")
                                .bytes(),
                        ""),
                of("every type", everyType(), "bash 5.1-2 x86_64 bash 5.1-2 null"),
                of("magic in front", magic(bash().bytes()), "bash 5.1-2 x86_64 bash 5.1-2 null"));
    }

    private static byte[] everyType() {
        return bash().values(2000, NULL, 0, NOTHING)
                .values(2001, CHAR, 1, new byte[1])
                .values(2002, INT8, 1, new byte[1])
                .values(2003, INT16, 1, new byte[2])
                .values(2004, INT32, 2, new byte[8])
                .values(2005, INT64, 1, new byte[8])
                .values(2006, STRING, 1, new byte[1])
                .values(2007, BIN, 3, new byte[3])
                .values(2008, STRING_ARRAY, 2, "a\0b\0".getBytes(UTF_8))
                .values(2009, I18NSTRING, 1, "c\0".getBytes(UTF_8))
                .bytes();
    }

    private static byte[] magic(byte[] header) {
        return ByteBuffer.allocate(8 + header.length)
                .putLong(0x8eade80100000000L)
                .put(header)
                .array();
    }

    @TestFactory
    Stream<DynamicTest> wrongHeaders() {
        return cases(
                of("nothing", NOTHING, "problem package 1 is missing: it has no header"),
                of("no entries", new byte[8], "problem package 1 is missing: its header cannot have 0 entries"),
                of(
                        "endless entries",
                        ByteBuffer.allocate(64).putInt(-1).putInt(16).array(),
                        "problem package 1 is missing: its header cannot have 4294967295 entries"),
                of(
                        "endless data",
                        ByteBuffer.allocate(64).putInt(1).putInt(-1).array(),
                        "problem package 1 is missing: its header cannot have 1 entries and 4294967295"),
                of(
                        "no name",
                        new RpmHeader().text(VERSION, "1").bytes(),
                        "problem package 1 is missing: it has no name"),
                of("slash", packageOf("a/b=1-1").bytes(), "problem package 1 is missing: no name is 'a/b'"),
                of("control", packageOf("a\u001b=1-1").bytes(), "problem package 1 is missing: no name is"),
                of(
                        "two names",
                        bash().text(NAME, "other").bytes(),
                        "problem package 1 is missing: its name cannot be told: it has two"));
    }

    @TestFactory
    Stream<DynamicTest> wrongEntries() {
        return cases(
                of(
                        "a negative offset",
                        bash().entry(EPOCH, INT32, -4, 1, NOTHING).bytes(),
                        "problem package 1 is missing: its epoch cannot be told: tag 1003 is outside"),
                of(
                        "behind the end",
                        bash().entry(EPOCH, INT32, 4000, 1, NOTHING).bytes(),
                        "problem package 1 is missing: its epoch cannot be told: tag 1003 is outside"),
                of(
                        "endless values of another tag",
                        bash().entry(2000, INT64, 0, Integer.MAX_VALUE, NOTHING).bytes(),
                        "bash 5.1-2 x86_64 bash 5.1-2 null\nproblem package 1, 'bash', is damaged"),
                of(
                        "no such type",
                        bash().entry(2000, 10, 0, 1, NOTHING).bytes(),
                        "bash 5.1-2 x86_64 bash 5.1-2 null\nproblem package 1, 'bash', is damaged"),
                of(
                        "a number where none can be",
                        bash().entry(2000, INT32, 1, 1, NOTHING).bytes(),
                        "bash 5.1-2 x86_64 bash 5.1-2 null\nproblem package 1, 'bash', is damaged"),
                of(
                        "a region without a trailer",
                        bash().region(40),
                        "bash 5.1-2 x86_64 bash 5.1-2 null\n"
                            + "problem package 1, 'bash', is damaged and what is listed of it may be wrong: its region"
                            + " has no trailer"),
                of(
                        "overlapping texts",
                        bash().entry(MODULARITYLABEL, STRING, 1, 1, NOTHING).bytes(),
                        "bash 5.1-2 x86_64 bash 5.1-2 ash"),
                of(
                        "a name that is a number",
                        new RpmHeader().number(NAME, 1).bytes(),
                        "problem package 1 is missing: its name is no text"),
                of(
                        "a source that is none",
                        new RpmHeader()
                                .text(NAME, "a")
                                .text(VERSION, "1")
                                .text(RpmHeader.RELEASE, "2")
                                .text(SOURCERPM, "a.rpm")
                                .bytes(),
                        "a 1-2 null a 1-2 null\nproblem package 1 is built from 'a.rpm'"),
                of(
                        "cut",
                        Arrays.copyOf(bash().bytes(), bash().bytes().length - 1),
                        "bash 5.1-2 x86_64 bash 5.1-2 null\nproblem package 1 is listed without its sourcerpm"));
    }

    private static Stream<DynamicTest> cases(Case... cases) {
        return Stream.of(cases)
                .map(one -> dynamicTest(one.name, () -> {
                    Detection detection =
                            RpmDatabasesTest.read("var/lib/rpm/Packages.db", NdbMaker.file(List.of(one.header.get())));
                    String shown = String.join(
                            "\n",
                            Stream.concat(
                                            detection.packages().stream().map(HeaderTest::shown),
                                            detection.problems().stream()
                                                    .map(Problem::what)
                                                    .map("problem "::concat))
                                    .toList());
                    if (one.expected.contains("problem")) {
                        assertThat(shown).startsWith(one.expected);
                    } else {
                        assertThat(shown).isEqualTo(one.expected);
                    }
                }));
    }

    private static String shown(Package found) {
        return String.join(
                " ",
                found.name(),
                found.version(),
                String.valueOf(found.arch()),
                found.source() == null
                        ? ""
                        : found.source().name() + " " + found.source().version(),
                String.valueOf(found.module()));
    }
}
