package io.limpid.feed.nvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.cvss.CvssVector;
import io.limpid.feed.Documents;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.FeedRecord;
import io.limpid.model.Limits;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the database's data are, and what its real documents say. */
class NvdFeedTest {
    private static final NvdFeed FEED = new NvdFeed(() -> Instant.parse("2026-03-04T05:06:07Z"));
    private static final String API = "https://services.nvd.nist.gov/rest/json/cves/2.0?"
        + "lastModStartDate=2026-02-24T05:00:00Z&lastModEndDate=2026-03-04T05:00:00Z&resultsPerPage=2000&startIndex=";

    @Test
    void aPartForEachYearAndOneForWhatHasChanged() {
        assertThat(FEED.parts())
                .extracting(FeedPart::name)
                .hasSize(26)
                .startsWith("2002", "2003")
                .endsWith("2026", "changes");
        assertThat(part("2024").documents())
                .extracting(document -> document.url().toString())
                .containsExactly(
                        "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-2024.meta",
                        "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-2024.json.gz");
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-2024-0727, changes 2024",
        "CVE-2002-0001, changes 2002",
        "CVE-1999-0095, changes 2002",
        "GHSA-aaaa-bbbb-cccc, ''",
        "CVE-../../x, ''",
        "CVE-20244-1, ''",
        "CVE-202a-1, ''",
        "CVE-2024, ''",
        "'', ''"
    })
    void aVulnerabilityIsLookedForInItsYear(String id, String parts) {
        assertThat(FEED.partsAbout(id)).isEqualTo(parts.isEmpty() ? List.of() : List.of(parts.split(" ", -1)));
    }

    @Test
    void pagesOfTheApiFollowTheFirst() throws IOException {
        FeedPart changes = part("changes");
        assertThat(changes.documents()).singleElement().satisfies(first -> {
            assertThat(first.url()).hasToString(API + "0");
            assertThat(NvdApi.isAt(first.url())).isTrue();
        });
        assertThat(FEED.follow(changes, pages(page(0, 4001, 2000))))
                .extracting(document -> document.name() + " " + document.url())
                .containsExactly("cves-2.json " + API + "2000", "cves-3.json " + API + "4000");
        assertThat(FEED.follow(changes, pages(page(0, 2000, 2000)))).isEmpty();
        assertThatThrownBy(() -> FEED.follow(changes, pages("{\"totalResults\": 99999999}")))
                .isInstanceOf(FeedException.class);
        assertThatThrownBy(() -> FEED.follow(changes, pages("{\"totalResults\": \"all\"}")))
                .isInstanceOf(FeedException.class);
        assertThat(FEED.isWindow(changes)).isTrue();
        assertThat(FEED.isWindow(part("2024"))).isFalse();
    }

    @Test
    void allPagesAreRead() throws IOException {
        List<FeedRecord> records = new ArrayList<>();
        FeedReading reading =
                FEED.read(part("changes"), pages(page(0, 5, 2), page(2, 5, 2), page(4, 5, 2)), records::add);
        assertThat(records).hasSize(5);
        assertThat(reading.dataDate()).isEqualTo("2026-03-04T05:06:00.000Z");
        assertThatThrownBy(() -> FEED.read(part("changes"), pages(page(0, 5, 2), page(2, 5, 1)), _ -> {}))
                .isInstanceOf(FeedException.class)
                .hasMessageStartingWith("cves-2.json: it says that it has 2");
    }

    /** Else it would be inflated twice. */
    @Test
    void aFileIsOpenedOnce() throws IOException {
        Documents file = Documents.of(Map.of("cves.json", page(0, 2, 2).getBytes(StandardCharsets.UTF_8)));
        List<String> opened = new ArrayList<>();
        FeedDocuments counted = new FeedDocuments() {
            @Override
            public @Nullable InputStream open(String name) throws IOException {
                opened.add(name);
                return file.open(name);
            }

            @Override
            public List<String> names() {
                return file.names();
            }

            @Override
            public Limits limits() {
                return file.limits();
            }
        };
        FEED.read(part("2026"), counted, _ -> {});
        assertThat(opened).containsOnlyOnce("cves.json");
    }

    /** A page as the API gives them, with as many as are left, but not more than {@code most}. */
    private static String page(int from, int all, int most) {
        StringBuilder cves = new StringBuilder();
        for (int i = from; i < Math.min(all, from + most); i++) {
            cves.append(cves.isEmpty() ? "" : ",").append("{\"cve\": {\"id\": \"CVE-2026-" + i + "\"}}");
        }
        return "{\"resultsPerPage\": 2, \"startIndex\": " + from + ", \"totalResults\": " + all
                + ", \"timestamp\": \"2026-03-04T05:06:00.000\", \"vulnerabilities\": [" + cves + "]}";
    }

    private static Documents pages(String... pages) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String page : pages) {
            String name = contents.isEmpty() ? "cves.json" : "cves-" + (contents.size() + 1) + ".json";
            contents.put(name, page.getBytes(StandardCharsets.UTF_8));
        }
        return Documents.of(contents);
    }

    private static FeedPart part(String name) {
        return FEED.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What Clair has made of the XML form, but for its mistake of leaving out the last metric. */
    @Test
    void theFormThatClairRead() throws IOException {
        Path xml = Shared.require("clair/recordings/updaters/dev/nvd.1.xml");
        Map<String, VulnerabilityDetails> read = details(Files.readAllBytes(xml));
        JsonObject expected = (JsonObject) Json.parse(
                Files.readAllBytes(Path.of(xml + ".expected.json")), Limits.DEFAULT.documentBytes(), Limits.DEFAULT);
        int compared = 0;
        for (String id : expected.members().keySet()) {
            JsonObject metadata = Objects.requireNonNull(expected.object(id)).object("Metadata");
            JsonObject cvss =
                    Objects.requireNonNull(Objects.requireNonNull(metadata).object("CVSSv2"));
            SeverityRating rating =
                    Objects.requireNonNull(read.get(id)).ratings().getFirst();
            assertThat(rating.vector()).as(id).isEqualTo(cvss.string("Vectors") + "/A:C");
            assertThat(rating.score()).as(id).isEqualTo(cvss.decimal("Score"));
            compared++;
        }
        assertThat(compared).isEqualTo(8);
        assertThat(Objects.requireNonNull(read.get("CVE-9")).ratings()).isEmpty();
    }

    /** The database's own scores are those of the vectors; what others publish may be their own mistake. */
    @Test
    void recordedScoresAreThoseOfTheVectors() throws IOException {
        int compared = 0;
        List<String> others = new ArrayList<>();
        for (String place : List.of(
                "feeds/services.nvd.nist.gov/rest/json/cves/2.0.native-sample.json.gz",
                "feeds/nvd.nist.gov/feeds/json/cve/1.1/nvdcve-1.1-sample.json.gz")) {
            byte[] plain;
            try (InputStream in = new GZIPInputStream(Files.newInputStream(Shared.require(place)))) {
                plain = in.readAllBytes();
            }
            for (VulnerabilityDetails one : details(plain).values()) {
                for (SeverityRating rating : one.ratings()) {
                    CvssVector vector = rating.vector() == null ? null : CvssVector.of(rating.vector());
                    if (vector != null
                            && rating.source().equals("nvd")
                            && !one.id().matches("CVE-\\d{3}")) {
                        compared++;
                        if (!Objects.equals(vector.scores().base(), rating.score())) {
                            others.add(one.id() + " " + rating);
                        }
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(1000);
        // Two of the records were made by those who test another program, with a score of their own.
        assertThat(others).allMatch(one -> one.matches("CVE-2020-(?:12342|7608) .*score=6\\.5]"));
    }

    private static Map<String, VulnerabilityDetails> details(byte[] document) throws IOException {
        Map<String, VulnerabilityDetails> details = new LinkedHashMap<>();
        FeedReading reading = FEED.read(part("2023"), Documents.of(Map.of("cves.json", document)), told -> {
            VulnerabilityDetails one = (VulnerabilityDetails) told;
            details.put(one.id(), one);
        });
        // Among the native records is one that was made to lead somewhere.
        assertThat(reading.notes()).allMatch(note -> note.contains("CVE-2024/../../x-0001"));
        return details;
    }

    @Test
    void theKeyIsForTheApiOnly() {
        for (String other : List.of(
                "http://services.nvd.nist.gov/rest/json/cves/2.0",
                "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-2024.json.gz",
                "https://mirror.example/services.nvd.nist.gov/rest/json/cves/2.0")) {
            assertThat(NvdApi.isAt(URI.create(other))).as(other).isFalse();
        }
        assertThat(NvdApi.requests(true)).isEqualTo(50);
        assertThat(NvdApi.requests(false)).isEqualTo(5);
    }
}
