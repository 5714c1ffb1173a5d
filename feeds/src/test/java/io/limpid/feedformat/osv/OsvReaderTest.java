package io.limpid.feedformat.osv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonStream;
import io.limpid.model.Limits;
import io.limpid.model.VersionRange;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import io.limpid.version.VersionSchemes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record in the form of OSV says, and which versions it means. */
final class OsvReaderTest {
    private static final VersionScheme DEB = VersionSchemes.byId("deb").orElseThrow();

    private static OsvRecord read(String json) throws IOException {
        List<OsvRecord> records = new ArrayList<>();
        OsvReader reader = new OsvReader(Set.of("availability"));
        JsonStream.read(
                new ByteArrayInputStream(json.getBytes(UTF_8)),
                1 << 26,
                Limits.DEFAULT,
                stream -> records.add(reader.read(stream)));
        return records.getFirst();
    }

    private static OsvAffected affected(String members) throws IOException {
        return read("{\"id\":\"X-1\",\"affected\":[{\"package\":{\"ecosystem\":\"E\",\"name\":\"n\"}," + members
                        + "}]}")
                .affected()
                .getFirst();
    }

    private static String shown(List<VersionRange> ranges) {
        return ranges.stream()
                .map(range -> (range.introduced() == null ? "" : range.introduced() + "<=") + "v"
                        + (range.fixed() == null ? "" : "<" + range.fixed())
                        + (range.lastAffected() == null ? "" : "<=" + range.lastAffected()))
                .collect(Collectors.joining(" | "));
    }

    @Test
    void aWholeRecord() throws IOException {
        OsvRecord record = read("""
            {"schema_version":"1.7.0","id":"UBUNTU-CVE-1","aliases":["A-1"],"upstream":["CVE-1"],"related":["USN-1-1"],
             "summary":"short","details":"  long ","published":"2020-01-01T00:00:00Z","modified":"2021-01-01T00:00:00Z",
             "withdrawn":"2022-01-01T00:00:00Z",
             "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N"},{"type":"CVSS_V3","score":"CVSS:3.1/AV:N"},{"type":"Ubuntu","score":"low"}],
             "affected":[{"package":{"ecosystem":"Ubuntu:22.04:LTS","name":"x","purl":"pkg:deb/ubuntu/x"},
               "severity":[{"type":"Ubuntu","score":"high"}],
               "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1.2-3"}]},{"type":"GIT","repo":"r","events":[{"introduced":"0"}]}],
               "versions":["1.1-1"],
               "ecosystem_specific":{"binaries":[{"binary_name":"x"}],"availability":"Free"},
               "database_specific":{"availability":{"deep":[1,true,null]}}}],
             "references":[{"type":"WEB","url":"https://example.org/"},{"type":"WEB"}],
             "database_specific":{"other":1}}
            """);
        assertThat(record.id()).isEqualTo("UBUNTU-CVE-1");
        assertThat(record.aliases()).containsExactly("A-1");
        assertThat(record.upstream()).containsExactly("CVE-1");
        assertThat(record.related()).containsExactly("USN-1-1");
        assertThat(record.description()).isEqualTo("long");
        assertThat(record.withdrawn()).isEqualTo("2022-01-01T00:00:00Z");
        assertThat(record.severities()).hasSize(2);
        assertThat(record.references()).hasSize(1);
        assertThat(record.specific().members()).isEmpty();
        assertThat(record.odd()).isNull();
        OsvAffected affected = record.affected().getFirst();
        assertThat(affected.ecosystem()).isEqualTo("Ubuntu:22.04:LTS");
        assertThat(affected.severities()).hasSize(1);
        assertThat(affected.ecosystemSpecific().members()).containsOnlyKeys("availability");
        assertThat(Objects.requireNonNull(affected.databaseSpecific().object("availability"))
                        .strings("deep"))
                .containsExactly("1");
        assertThat(shown(affected.affected(DEB))).isEqualTo("v<1.2-3");
        assertThat(affected.fixed(DEB)).isEqualTo("1.2-3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "introduced 0 ; v",
                "introduced 0, fixed 2 ; v<2",
                "introduced 1, fixed 2 ; 1<=v<2",
                "introduced 0, last_affected 2 ; v<=2",
                "introduced 0, fixed 2, introduced 3, fixed 4 ; v<2 | 3<=v<4",
                "fixed 4, introduced 3, fixed 2, introduced 0 ; v<2 | 3<=v<4",
                "introduced 1, introduced 2, fixed 3 ; 1<=v<3",
                "introduced 1, fixed 2, introduced 2 ; 1<=v<2 | 2<=v",
                "introduced 2, last_affected 2 ; 2<=v<=2",
                "fixed 2 ; ''",
                "introduced 0, limit 5 ; v<5",
                "introduced 0, limit 3, limit 5 ; v<5",
                "introduced 0, limit * ; v",
                "introduced 0, fixed 2, introduced 6, limit 5 ; v<2",
                "introduced 0, last_affected 5, limit 5 ; v<5",
                "introduced 1.0-1, fixed 1.0-1+esm2, introduced 1.0-1+esm1 ; 1.0-1<=v<1.0-1+esm2",
                "introduced 0, fixed not a version ; v<not a version",
                "introduced 0, fixed 0 ; v<0",
                "fixed 0, introduced 0, introduced 2 ; v<0 | 2<=v",
            })
    void intervals(String events, String expected) throws IOException {
        StringBuilder json = new StringBuilder();
        for (String event : events.strip().split(", ", -1)) {
            String[] words = event.split(" ", 2);
            json.append(json.isEmpty() ? "" : ",").append("{\"" + words[0] + "\":\"" + words[1] + "\"}");
        }
        OsvAffected affected = affected("\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[" + json + "]}]");
        assertThat(shown(affected.affected(DEB))).isEqualTo(expected.strip().replace("''", ""));
    }

    /** Versions that are listed count besides the ranges, and commits do not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"versions\":[\"1\",\"2\"]; 1<=v<=1 | 2<=v<=2",
                "\"versions\":[\"1\",\"3\",\"bad"
                    + " version\"],\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"2\"}]}];"
                    + " v<2 | 3<=v<=3",
                "\"versions\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"8\"],\"ranges\":["
                        + "{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"2\"},{\"last_affected\":\"6\"}]},"
                        + "{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"2\"},{\"fixed\":\"6\"}]},"
                        + "{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"3\"},{\"fixed\":\"4\"}]},"
                        + "{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"7 x\"}]}];"
                        + " 2<=v<=6 | 2<=v<6 | 3<=v<4 | 7 x<=v | 1<=v<=1 | 8<=v<=8",
                "\"versions\":[\"9\"],\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"}]}]; v",
                "\"versions\":[],\"ranges\":[{\"type\":\"GIT\",\"events\":[{\"introduced\":\"0\"}]}]; ''",
                "\"versions\":null,\"ranges\":null; ''",
            })
    void listed(String members, String expected) throws IOException {
        assertThat(shown(affected(members).affected(DEB))).isEqualTo(expected.replace("''", ""));
    }

    /** Whatever order they come in, events mean what the definition of the form says of each version. */
    @Property(tries = 300)
    void asTheDefinitionSays(
            @ForAll @Size(max = 5) List<@IntRange(max = 9) Integer> introduced,
            @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 9) Integer> fixed,
            @ForAll @IntRange(max = 10) int version)
            throws IOException {
        List<String> events = new ArrayList<>();
        introduced.forEach(one -> events.add("{\"introduced\":\"" + one + "\"}"));
        fixed.stream()
                .filter(one -> !introduced.contains(one))
                .forEach(one -> events.add("{\"fixed\":\"" + one + "\"}"));
        boolean expected = false;
        for (int at = 0; at <= version; at++) {
            expected = introduced.contains(at) || (expected && !fixed.contains(at));
        }
        OsvAffected affected =
                affected("\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[" + String.join(",", events) + "]}]");
        assertThat(affected.affected(DEB).stream().anyMatch(range -> isIn(String.valueOf(version), range)))
                .isEqualTo(expected);
    }

    /** As many of everything as a record may have, in an order that none expects. */
    @Test
    @Timeout(60)
    void manyRangesAndVersions() throws IOException {
        StringBuilder ranges = new StringBuilder();
        for (int range = 0; range < 100; range++) {
            ranges.append(range == 0 ? "" : ",").append("{\"type\":\"ECOSYSTEM\",\"events\":[");
            for (int event = 999; event >= 0; event--) {
                String what = event % 2 == 0 ? "introduced" : "fixed";
                String version = (event + 1) + "." + range;
                ranges.append("{\"" + what + "\":\"" + version + "\"}").append(event == 0 ? "]}" : ",");
            }
        }
        String versions = IntStream.range(0, 20_000)
                .mapToObj(version -> "\"0." + version + "\"")
                .collect(Collectors.joining(","));
        OsvAffected affected = read("{\"id\":\"X-1\",\"affected\":[{\"ranges\":[" + ranges + "],\"versions\":["
                        + versions + "]}]}")
                .affected()
                .getFirst();
        assertThat(affected.affected(DEB)).hasSize(70_000);
    }

    private static boolean isIn(String version, VersionRange range) {
        return (range.introduced() == null || DEB.compare(version, range.introduced()) != Order.BEFORE)
                && (range.fixed() == null || DEB.compare(version, range.fixed()) == Order.BEFORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":7}",
                "{\"affected\":{}}",
                "{\"affected\":[7]}",
                "{\"affected\":[{\"package\":[]}]}",
                "{\"affected\":[{\"ranges\":[{\"events\":[{\"began\":\"1\"}]}]}]}",
                "{\"aliases\":[[]]}",
                "{\"severity\":\"high\"}"
            })
    void whatMakesNoSenseIsTold(String json) throws IOException {
        assertThat(read(json).odd()).isNotNull();
    }

    @Test
    void bounded() {
        String many = "{\"introduced\":\"1\"},".repeat(1001) + "{\"fixed\":\"2\"}";
        assertThatThrownBy(() -> affected("\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[" + many + "]}]"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("more than 1000 elements");
        String deep = "[".repeat(30) + "]".repeat(30);
        assertThatThrownBy(() -> affected("\"ecosystem_specific\":{\"availability\":" + deep + "}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> read("[]")).isInstanceOf(JsonException.class);
    }
}
