package io.limpid.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What every order must keep, for every scheme, on versions that differ as little as possible. */
class VersionLawsTest {
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
            "^",
            "^1",
            "~^",
            ".a",
            "..a",
            ".el8",
            ":",
            "_",
            "a",
            "b",
            "Z",
            "p",
            "p1",
            "rc",
            "_rc",
            "_rc1",
            "_p",
            "_p2",
            "_alpha",
            "_foo",
            "-r",
            "-r0",
            "-r1",
            "~a",
            "~0f",
            "-0",
            "0:",
            "1:",
            "é",
            " ");

    @Provide
    Arbitrary<VersionScheme> scheme() {
        return Arbitraries.of(VersionSchemes.all());
    }

    /** Few short pieces, so that equal and nearly equal versions come up often. */
    @Provide
    Arbitrary<String> text() {
        Arbitrary<String> start =
                Arbitraries.of("0", "1", "1.", "1.0", "1.0-", "1.0_rc", "0:1.0", "1a", "1.0-1", "1.0^", "");
        Arbitrary<String> rest = Arbitraries.of(PIECES).list().ofMaxSize(4).map(pieces -> String.join("", pieces));
        return Combinators.combine(start, rest).as(String::concat);
    }

    @Property(tries = 10_000)
    void orderIsTotal(
            @ForAll("scheme") VersionScheme scheme,
            @ForAll("text") String first,
            @ForAll("text") String second,
            @ForAll("text") String third) {
        try {
            Version a = scheme.parse(first);
            Version b = scheme.parse(second);
            Version c = scheme.parse(third);
            assertThat(a.compareTo(scheme.parse(first))).isZero();
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
            checkTransitive(a, b, c);
            checkEquality(a, b);
            checkEquality(b, c);
        } catch (InvalidVersionException _) {
            // Nothing to compare: that is the declared outcome.
        }
    }

    @Property(tries = 2_000)
    void anyTextHasADeclaredOutcome(@ForAll("scheme") VersionScheme scheme, @ForAll String text) {
        Order order = scheme.compare(text, text);
        assertThat(order).isIn(Order.SAME, Order.UNDECIDED);
        try {
            assertThat(scheme.parse(text)).isEqualTo(scheme.parse(text)).isNotEqualTo(text);
        } catch (InvalidVersionException e) {
            assertThat(order).isEqualTo(Order.UNDECIDED);
            assertThat(e).hasMessageContaining("not a " + scheme.id() + " version");
        }
    }

    private static void checkTransitive(Version a, Version b, Version c) {
        if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
        }
        if (a.compareTo(b) == 0) {
            assertThat(Integer.signum(a.compareTo(c))).isEqualTo(Integer.signum(b.compareTo(c)));
        }
    }

    private static void checkEquality(Version a, Version b) {
        assertThat(a.equals(b)).isEqualTo(a.compareTo(b) == 0);
        if (a.equals(b)) {
            assertThat(a).hasSameHashCodeAs(b);
        }
    }
}
