package io.limpid.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CPE names in both bindings, and which names include which. */
class CpeNameTest {
    private static CpeName name(String text) {
        CpeName name = CpeName.parse(text);
        assertThat(name).as(text).isNotNull();
        return name == null ? new CpeName(List.of()) : name;
    }

    @ParameterizedTest
    @CsvSource({
        "cpe:/o:redhat:enterprise_linux:8::baseos, cpe:2.3:o:redhat:enterprise_linux:8:*:baseos:*:*:*:*:*",
        "cpe:/o:redhat:enterprise_linux:8, cpe:2.3:o:redhat:enterprise_linux:8:*:*:*:*:*:*:*",
        "cpe:/a:redhat:openshift:4.13::el8, cpe:2.3:a:redhat:openshift:4.13:*:el8:*:*:*:*:*",
        "CPE:/A:RedHat:Enterprise_Linux:9::AppStream, cpe:2.3:a:redhat:enterprise_linux:9:*:appstream:*:*:*:*:*",
        // From NISTIR 7695, 6.1.2.4.
        "cpe:/a:microsoft:internet_explorer:8.0.6001:beta,"
                + " cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*",
        "cpe:/a:microsoft:internet_explorer:8.%2a:sp%3f, cpe:2.3:a:microsoft:internet_explorer:8.\\*:sp\\?:*:*:*:*:*:*",
        "cpe:/a:microsoft:internet_explorer:8.%02:sp%01, cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*",
        "cpe:/a:hp:insight_diagnostics:7.4.0.1570::~~online~win2003~x64~,"
                + " cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:*:*:*:online:win2003:x64:*",
        "cpe:/a:hp:openview_network_manager:7.51:-:~~~linux~~,"
                + " cpe:2.3:a:hp:openview_network_manager:7.51:-:*:*:*:linux:*:*",
        "cpe:/a:foo%5cbar:big%24money_2010%07:::~~special~ipod_touch~80gb~,"
                + " 'cpe:2.3:a:foo\\\\bar:big\\$money_2010\u0007:*:*:*:*:special:ipod_touch:80gb:*'",
    })
    void bothBindingsAreOneName(String uri, String formatted) {
        assertThat(name(uri)).isEqualTo(name(formatted));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "cpe:",
                "cpe:/x:redhat:enterprise_linux:8",
                "redhat:enterprise_linux",
                "cpe:2.3:o:redhat:enterprise_linux:8",
                "cpe:2.3:o:redhat:enterprise_linux:8:*:*:*:*:*:*:*:*",
                "cpe:2.3:o::enterprise_linux:8:*:*:*:*:*:*:*",
                "cpe:/a:1:2:3:4:5:6:7",
            })
    void whatIsNoNameIsNone(String text) {
        assertThat(CpeName.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        // The same; the first says less; the first says more; another stream; another part.
        "cpe:/o:redhat:rhel_eus:8.4::baseos, cpe:/o:redhat:rhel_eus:8.4::baseos, true",
        "cpe:/o:redhat:rhel_eus:8.4, cpe:/o:redhat:rhel_eus:8.4::baseos, true",
        "cpe:/o:redhat:rhel_eus:8.4::baseos, cpe:/o:redhat:rhel_eus:8.4, false",
        "cpe:/o:redhat:rhel_eus:8.4::baseos, cpe:/o:redhat:rhel_eus:8.6::baseos, false",
        "cpe:/o:redhat:rhel_eus:8.4::baseos, cpe:/o:redhat:enterprise_linux:8::baseos, false",
        "cpe:/o:redhat:enterprise_linux:8::baseos, cpe:/a:redhat:enterprise_linux:8::baseos, false",
        "cpe:/o:redhat:enterprise_linux:8, cpe:/o:redhat:enterprise_linux:8.4, false",
        // Wildcards, and "no value".
        "cpe:2.3:a:redhat:openshift:4.*:*:*:*:*:*:*:*, cpe:/a:redhat:openshift:4.13::el8, true",
        "cpe:2.3:a:redhat:openshift:4.*:*:*:*:*:*:*:*, cpe:/a:redhat:openshift:3.11, false",
        "cpe:2.3:a:redhat:openshift:4.1?:*:*:*:*:*:*:*, cpe:/a:redhat:openshift:4.13::el8, true",
        "cpe:2.3:a:redhat:openshift:4.1?:*:*:*:*:*:*:*, cpe:/a:redhat:openshift:4.9::el8, false",
        "cpe:2.3:a:redhat:*shift:4.13:*:*:*:*:*:*:*, cpe:/a:redhat:openshift:4.13, true",
        "cpe:2.3:a:redhat:openshift:-:*:*:*:*:*:*:*, cpe:/a:redhat:openshift:4.13, false",
        "cpe:2.3:a:redhat:openshift:*:*:*:*:*:*:*:*, cpe:2.3:a:redhat:openshift:-:*:*:*:*:*:*:*, true",
    })
    void includes(String source, String target, boolean includes) {
        assertThat(name(source).includes(name(target))).isEqualTo(includes);
    }

    @ParameterizedTest
    @CsvSource({
        "cpe:/o:redhat:enterprise_linux:8, cpe:/o:redhat:enterprise_linux:8::baseos, true",
        "cpe:/o:redhat:enterprise_linux:8, cpe:/a:redhat:enterprise_linux:8::appstream, true",
        "cpe:/o:redhat:enterprise_linux:8, cpe:/o:redhat:enterprise_linux:8.4:ga, true",
        "cpe:/o:redhat:enterprise_linux:1, cpe:/o:redhat:enterprise_linux:10::baseos, false",
        "cpe:/o:redhat:enterprise_linux:8, cpe:/o:redhat:rhel_eus:8.4::baseos, false",
        "cpe:/a:redhat:openshift:4, cpe:/a:redhat:openshift:4.13::el8, true",
        "cpe:/a:redhat:openshift:4, cpe:/a:redhat:openshift:40, false",
        "cpe:/a:redhat:satellite, cpe:/a:redhat:satellite:6.14::el8, true",
        "cpe:/o:redhat:enterprise_linux:8::baseos, cpe:/o:redhat:enterprise_linux:8::baseos, false",
    })
    void isProductOf(String product, String edition, boolean is) {
        assertThat(name(product).isProductOf(name(edition))).isEqualTo(is);
    }

    @Property(tries = 300)
    void everyNameIncludesItselfAndIsIncludedByItsProduct(
            @ForAll @AlphaChars @StringLength(min = 1, max = 9) String product,
            @ForAll @AlphaChars @StringLength(min = 1, max = 9) String edition) {
        CpeName whole = name("cpe:/a:redhat:" + product + ":8");
        CpeName part = name("cpe:/a:redhat:" + product + ":8::" + edition);

        assertThat(part.includes(part)).isTrue();
        assertThat(whole.includes(part)).isTrue();
        assertThat(part.includes(whole)).isFalse();
        assertThat(whole.isProductOf(part)).isTrue();
    }

    @Property(tries = 1000)
    void anyTextIsANameOrNone(@ForAll @StringLength(max = 60) String text) {
        for (String start : List.of("", "cpe:/a:", "cpe:2.3:a:")) {
            CpeName name = CpeName.parse(start + text);
            assertThat(name == null || name.includes(name)).isTrue();
        }
    }

    @Test
    void aNameOfManyStarsIsComparedInNoTime() {
        String stars = "a*".repeat(200);
        CpeName pattern = name("cpe:2.3:a:v:" + stars + "b:*:*:*:*:*:*:*:*");
        assertThat(pattern.includes(name("cpe:/a:v:" + "a".repeat(900)))).isFalse();
    }
}
