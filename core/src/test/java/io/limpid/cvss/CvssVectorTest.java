package io.limpid.cvss;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.cvss.CvssVector.Version;
import io.limpid.model.Severity;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors have the scores that their authors gave to them. */
class CvssVectorTest {

    /** FIRST's examples for versions 2, 3.0, 3.1 and 4.0, and vectors whose scores NVD has published. */
    @ParameterizedTest
    @CsvSource({
        // CVE-2002-0392, CVE-2003-0818 and CVE-2003-0062 of the guide to version 2.
        "AV:N/AC:L/Au:N/C:N/I:N/A:C, 7.8, HIGH",
        "AV:N/AC:L/Au:N/C:C/I:C/A:C, 10.0, HIGH",
        "AV:L/AC:H/Au:N/C:C/I:C/A:C, 6.2, MEDIUM",
        "AV:N/AC:L/Au:N/C:P/I:P/A:P, 7.5, HIGH",
        "AV:L/AC:L/Au:N/C:N/I:N/A:N, 0.0, NEGLIGIBLE",
        // Examples of versions 3.0 and 3.1.
        "CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N, 4.3, MEDIUM",
        "CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, 6.1, MEDIUM",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, 6.1, MEDIUM",
        "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N, 3.1, LOW",
        "CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L, 4.2, MEDIUM",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N, 7.5, HIGH",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 9.8, CRITICAL",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H, 10.0, CRITICAL",
        "CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 6.8, MEDIUM",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, 0.0, NEGLIGIBLE",
        // Version 3.1 rounds as it is written, 3.0 as floating-point numbers fall.
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L, 7.3, HIGH",
        // Examples of version 4.0.
        "CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 7.3, HIGH",
        "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 7.7, HIGH",
        "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N, 8.3, HIGH",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N, 5.1, MEDIUM",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:N/SI:N/SA:N, 6.9, MEDIUM",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H, 10.0, CRITICAL",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 9.3, CRITICAL",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N, 0.0, NEGLIGIBLE"
    })
    void knownScores(String text, double score, Severity severity) {
        CvssVector vector = Objects.requireNonNull(CvssVector.of(text));
        assertThat(vector.scores().base()).isEqualTo(score);
        assertThat(vector.severity()).isEqualTo(severity);
        assertThat(vector.base()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        // In another order, in parentheses, with metrics of other groups.
        "AC:L/AV:N/Au:N/A:C/C:N/I:N, AV:N/AC:L/Au:N/C:N/I:N/A:C",
        "(AV:N/AC:L/Au:N/C:P/I:P/A:P), AV:N/AC:L/Au:N/C:P/I:P/A:P",
        "AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C, AV:N/AC:L/Au:N/C:C/I:C/A:C",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:C/MAV:L,"
                + " CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.0/S:U/C:H/I:H/A:H/AV:N/AC:L/PR:N/UI:N, CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U/CR:L/U:Clear,"
                + " CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
    })
    void whatIsScoredAreTheBaseMetrics(String text, String base) {
        assertThat(Objects.requireNonNull(CvssVector.of(text)).base()).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "()",
                "CVSS:3.1",
                "CVSS:3.1/",
                "CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X",
                "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/",
                "AV:N/AC:L/Au:N/C:P/I:P",
                "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "AC:L/Au:N/C:P/I:P/A:C",
                "AV:N AC:L",
                "not a vector"
            })
    void whatIsNoVectorHasNoScore(String text) {
        assertThat(CvssVector.of(text)).isNull();
    }

    /** What the library knows of vectors is asked only where each metric is there once; it answers or says that it cannot. */
    @Property(tries = 300)
    void anyTextIsAVectorOrNone(@ForAll String metrics, @ForAll Version version) {
        for (String text : new String[] {metrics, "CVSS:3.1/" + metrics, version + metrics, "a:b/".repeat(500)}) {
            CvssVector vector = CvssVector.of(text);
            if (vector != null) {
                assertThat(vector.scores().base()).isBetween(0.0, 10.0);
            }
        }
    }

    /** Every vector of version 3.1 and every value of one metric: the score is one of tenths, and more impact never scores less. */
    @Property(tries = 200)
    void moreImpactNeverScoresLess(@ForAll long seed) {
        String before = "CVSS:3.1/AV:" + pick("NALP", seed) + "/AC:" + pick("LH", seed >> 2) + "/PR:"
                + pick("NLH", seed >> 4) + "/UI:" + pick("NR", seed >> 6) + "/S:" + pick("UC", seed >> 8) + "/C:"
                + pick("NLH", seed >> 10) + "/I:" + pick("NLH", seed >> 12) + "/A:";
        double last = -1;
        for (String impact : new String[] {"N", "L", "H"}) {
            double score = Objects.requireNonNull(CvssVector.of(before + impact))
                    .scores()
                    .base();
            assertThat(score).isGreaterThanOrEqualTo(last).isEqualTo(Math.round(score * 10) / 10.0);
            last = score;
        }
    }

    private static char pick(String letters, long number) {
        return letters.charAt((int) Math.floorMod(number, (long) letters.length()));
    }
}
