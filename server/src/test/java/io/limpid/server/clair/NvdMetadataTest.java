package io.limpid.server.clair;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.ClairSeverity;
import io.limpid.model.Limits;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clair's metadata, in its members, their order and its numbers. */
class NvdMetadataTest {
    private static final String V2 = "AV:N/AC:L/Au:N/C:P/I:P/A:P";
    private static final String V30 = "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    private static final String V31 = "CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:L";

    static Stream<Arguments> metadata() {
        return Stream.of(
                Arguments.of(List.of(), "2018-04-16T09:58Z", null),
                Arguments.of(
                        List.of(nvd(V2, 7.5)),
                        "2018-04-16T09:58Z",
                        "{\"NVD\":{\"CVSSv2\":{\"PublishedDateTime\":\"2018-04-16T09:58Z\",\"Vectors\":\"" + V2
                                + "\",\"Score\":7.5},\"CVSSv3\":{\"Vectors\":\"\",\"Score\":0,"
                                + "\"ExploitabilityScore\":0,\"ImpactScore\":0}}}"),
                // Version 3 comes first in our order; a moment has no seconds in Clair's.
                Arguments.of(
                        List.of(nvd(V30, 9.8), nvd(V2, 10)),
                        "2018-04-16T09:58:13.286Z",
                        "{\"NVD\":{\"CVSSv2\":{\"PublishedDateTime\":\"2018-04-16T09:58Z\",\"Vectors\":\"" + V2
                                + "\",\"Score\":10},\"CVSSv3\":{\"Vectors\":\"" + V30
                                + "\",\"Score\":9.8,\"ExploitabilityScore\":3.9,\"ImpactScore\":5.9}}}"),
                Arguments.of(
                        List.of(nvd(V31, 3.3), nvd(V30, 9.8)),
                        null,
                        "{\"NVD\":{\"CVSSv2\":{\"PublishedDateTime\":\"\",\"Vectors\":\"\",\"Score\":0},\"CVSSv3\":{"
                                + "\"Vectors\":\"" + V31
                                + "\",\"Score\":3.3,\"ExploitabilityScore\":1.8,\"ImpactScore\":1.4}}}"),
                // What others say is not NVD's, and of version 4 Clair knew nothing.
                Arguments.of(
                        List.of(
                                new SeverityRating("cna@example.org", Severity.HIGH, null, V30, 9.8),
                                nvd("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3)),
                        "2018-04-16T09:58Z",
                        null));
    }

    private static SeverityRating nvd(String vector, double score) {
        return new SeverityRating("nvd", Severity.UNKNOWN, null, vector, score);
    }

    @ParameterizedTest
    @MethodSource
    void metadata(List<SeverityRating> ratings, @Nullable String published, @Nullable String expected) {
        assertThat(NvdMetadata.of(details("CVE-2018-1", ratings, published))).isEqualTo(expected);
    }

    private static VulnerabilityDetails details(String id, List<SeverityRating> ratings, @Nullable String published) {
        return new VulnerabilityDetails(
                id, "nvd", ratings, null, null, List.of(), null, null, List.of(), published, null);
    }

    @ParameterizedTest
    @CsvSource({
        "0, NEGLIGIBLE",
        "0.9, NEGLIGIBLE",
        "1, LOW",
        "3.8, LOW",
        "3.9, MEDIUM",
        "6.8, MEDIUM",
        "6.9, HIGH",
        "8.8, HIGH",
        "8.9, CRITICAL",
        "10, CRITICAL"
    })
    void severities(double score, ClairSeverity severity) {
        assertThat(NvdMetadata.severity(score)).isEqualTo(severity);
    }

    /** What a real Clair said of scores and vectors, but for the last metric, which it left out. */
    @Test
    void asClairHasRecorded() throws IOException {
        JsonObject recorded = (JsonObject) Json.parse(
                Files.readAllBytes(Shared.require("clair/recordings/updaters/dev/nvd.1.xml.expected.json")),
                Limits.DEFAULT.documentBytes(),
                Limits.DEFAULT);
        List<String> different = new ArrayList<>();
        for (String id : recorded.members().keySet()) {
            JsonObject one = Objects.requireNonNull(recorded.object(id));
            JsonObject expected = Objects.requireNonNull(
                    Objects.requireNonNull(one.object("Metadata")).object("CVSSv2"));
            double score = Objects.requireNonNull(expected.decimal("Score"));
            String vector = expected.string("Vectors") + "/A:C";
            String made = Objects.requireNonNull(NvdMetadata.of(details(id, List.of(nvd(vector, score)), null)));
            JsonObject second = Objects.requireNonNull(
                    Objects.requireNonNull(parsed(made).object("NVD")).object("CVSSv2"));
            if (!vector.equals(second.string("Vectors"))
                    || !Objects.equals(expected.decimal("Score"), second.decimal("Score"))
                    || !NvdMetadata.severity(score).text().equals(one.string("Severity"))) {
                different.add(id + " " + made);
            }
        }
        assertThat(recorded.members()).hasSize(8);
        assertThat(different).isEmpty();
    }

    private static JsonObject parsed(String json) throws IOException {
        return (JsonObject)
                Json.parse(json.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT.documentBytes(), Limits.DEFAULT);
    }
}
