package io.limpid.server.clair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What an order must keep, on versions that differ as little as possible. */
class VersionFormatsLawsTest {
    private static final List<String> PIECES = List.of(
            "0",
            "00",
            "1",
            "01",
            "9",
            "10",
            "010",
            "18446744073709551616",
            ".",
            "..",
            "-",
            "~",
            "~~",
            "+",
            "_",
            ":",
            ".a",
            ".el7",
            "a",
            "b",
            "Z",
            "rc",
            "~a",
            "-r0",
            "-0",
            "-1",
            "ê",
            "ª");

    @Provide
    Arbitrary<String> format() {
        return Arbitraries.of("dpkg", "rpm");
    }

    /** Few short pieces, so that equal and nearly equal versions come up often. */
    @Provide
    Arbitrary<String> version() {
        Arbitrary<String> start = Arbitraries.of("0", "1", "1.0", "1.0-", "0:1.0", "1:1", "1a", "1.0-1", "~", "a", "+");
        Arbitrary<String> rest = Arbitraries.of(PIECES).list().ofMaxSize(4).map(pieces -> String.join("", pieces));
        return Arbitraries.frequencyOf(
                Tuple.of(20, Combinators.combine(start, rest).as(String::concat)),
                Tuple.of(1, Arbitraries.of(VersionFormats.LOWEST, VersionFormats.HIGHEST)));
    }

    @Property(tries = 10_000)
    void orderIsTotal(
            @ForAll("format") String format,
            @ForAll("version") String a,
            @ForAll("version") String b,
            @ForAll("version") String c)
            throws ClairException {
        for (String version : List.of(a, b, c)) {
            Assume.that(VersionFormats.isValid(format, version));
        }
        int ab = Integer.signum(VersionFormats.compare(format, a, b));
        int bc = Integer.signum(VersionFormats.compare(format, b, c));
        int ac = Integer.signum(VersionFormats.compare(format, a, c));
        assertThat(VersionFormats.compare(format, a, a)).isZero();
        assertThat(Integer.signum(VersionFormats.compare(format, b, a))).isEqualTo(-ab);
        if (ab <= 0 && bc <= 0) {
            assertThat(ac).isEqualTo(Math.min(ab, bc));
        }
        assertThat(VersionFormats.compare(format, VersionFormats.LOWEST, a)).isNotPositive();
        assertThat(VersionFormats.compare(format, a, VersionFormats.HIGHEST)).isNotPositive();
    }
}
