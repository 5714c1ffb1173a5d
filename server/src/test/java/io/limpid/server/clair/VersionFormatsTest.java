package io.limpid.server.clair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionFormatsTest {

    @ParameterizedTest
    @ValueSource(strings = {"dpkg", "rpm"})
    void answersAsTheOriginalDid(String format) throws IOException {
        Path recorded = Shared.require("clair/recordings/versions/dev/" + format + ".tsv");
        List<String> different = new ArrayList<>();
        List<String> lines = Files.readAllLines(recorded);
        for (String line : lines) {
            String[] words = line.split("\t", -1);
            String answer = answer(format, words[0], words[1]);
            if (!answer.equals(words[2])) {
                different.add(line + " but " + answer);
            }
        }
        assertThat(different).isEmpty();
        assertThat(lines).hasSizeGreaterThan(2_000);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        dpkg, 1.0,       1.0,       0
        dpkg, ' 1.0 ',   1.0,       0
        dpkg, 1.0,       1.00,      0
        dpkg, 1.0,       1.0-0,     0
        dpkg, 1.0-,      1.0,       0
        dpkg, 0:1.0,     +0:1.0,    0
        dpkg, 1.0~rc1,   1.0,      -1
        dpkg, 1.0~~,     1.0~,     -1
        dpkg, 1.0a,      1.0+,     -1
        dpkg, 1.9,       1.10,     -1
        dpkg, 9,         1:0,      -1
        dpkg, 2147483647:0, 2147483648:0, -1
        dpkg, 1.0-1-9,   1.0-2-1,  -1
        dpkg, a,         1,         1
        dpkg, 1ê,        1z,        1
        dpkg, 1ê,        1_,       -1
        dpkg, #MINV#,    0,        -1
        dpkg, #MAXV#,    999:9,     1
        dpkg, #MINV#,    #MAXV#,   -1
        dpkg, #MAXV#,    #MAXV#,    0
        rpm,  1.0,       1_0,       0
        rpm,  1.0,       1.0-,      0
        rpm,  1.0-1,     1.0,       1
        rpm,  1.0~rc1,   1.0,      -1
        rpm,  1.0a,      1.0.1,    -1
        rpm,  1.0-10.el7, 1.0-9.el7, 1
        rpm,  1.0-1-2,   1.0-1-10, -1
        rpm,  1.0-1.fc9, 1.0-1.fc25, -1
        rpm,  1.0.a,     1.0a,      0
        rpm,  B,         a,        -1
        rpm,  1ê,        1,         0
        rpm,  1:0,       9,         1
        rpm,  18446744073709551616, 18446744073709551615, 1
        rpm,  #MINV#,    ~,        -1
        """)
    void compares(String format, String left, String right, int order) throws ClairException {
        assertThat(Integer.signum(VersionFormats.compare(format, left, right))).isEqualTo(order);
        assertThat(Integer.signum(VersionFormats.compare(format, right, left))).isEqualTo(-order);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        '',        false, false
        '   ',     false, false
        1:,        false, false
        :1,        false, false
        a:1,       false, false
        -1:1,      false, false
        -0:1,      false, false
        -0:1-2,    true,  false
        +1:1,      true,  true
        1_0:1,     false, false
        9223372036854775807:1, true, true
        9223372036854775808:1, false, false
        -1,        false, false
        1-1:2,     false, false
        1.0 1,     false, false
        1.0!,      false, false
        1.0^1,     false, false
        1.0/1,     false, false
        1.0é,      false, false
        1.0-é,     false, false
        1.0ê,      true,  true
        1.0-ê,     true,  true
        ' 1.0　',  true,  true
        1.0-1:2,   false, false
        1.0-1-2,   true,  true
        #MINV#,    true,  true
        #MAXV#,    true,  true
        ' #MAXV# ', true, true
        None,      true,  true
        ~,         true,  true
        """)
    void knowsWhatAVersionIs(String text, boolean dpkg, boolean rpm) {
        assertThat(VersionFormats.isValid("dpkg", text)).isEqualTo(dpkg);
        assertThat(VersionFormats.isValid("rpm", text)).isEqualTo(rpm);
    }

    @Test
    void refusesUnknownFormatsAndWhatIsNoVersion() {
        assertThat(VersionFormats.isKnown("dpkg")).isTrue();
        assertThat(VersionFormats.isKnown("DPKG")).isFalse();
        assertThat(VersionFormats.isKnown("")).isFalse();
        assertThat(VersionFormats.isValid("", "1")).isFalse();
        assertThatThrownBy(() -> VersionFormats.compare("", "1", "1")).hasMessage("unknown version format");
        assertThatThrownBy(() -> VersionFormats.compare("dpkg", "1", "!")).hasMessage("invalid version");
        assertThatThrownBy(() -> VersionFormats.compare("rpm", "", "1")).hasMessage("invalid version");
    }

    private static String answer(String format, String left, String right) {
        try {
            return String.valueOf(Integer.signum(VersionFormats.compare(format, left, right)));
        } catch (ClairException _) {
            return "error";
        }
    }
}
