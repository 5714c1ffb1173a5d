package io.limpid.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.model.Advisory;
import io.limpid.testing.Shared;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What Clair's updaters made of feed files was recorded; the feeds make the same of them, but for what {@code docs/clair-feed-differences.tsv} lists.
 */
class RecordedUpdatersTest {
    private static final String PAIRS = "clair/recordings/updaters/dev";
    private static final Path DIFFERENCES = Path.of("..", "docs", "clair-feed-differences.tsv");

    /**
     * A recorded pair and how its document is read.
     *
     * @param file its document; what was made of it is in {@code FILE.expected.json}
     */
    private record Pair(String file, String feed, String part, String document) {}

    /** A row for each pair. */
    private static final List<Pair> ALL = List.of(
            new Pair("alpine.1.yaml", "alpine", "v3.4", "main.json"),
            new Pair("alpine.2.yaml", "alpine", "v3.9", "main.json"),
            new Pair("debian.1.json", "debian", "tracker", "tracker.json"),
            new Pair("debian.2.json", "debian", "tracker", "tracker.json"),
            new Pair("debian.bad.json", "debian", "tracker", "tracker.json"),
            new Pair("ubuntu.1.txt", "ubuntu", "tracker", "tracker.tar"),
            new Pair("ubuntu.2.txt", "ubuntu", "tracker", "tracker.tar"));

    /** Of Ubuntu's tracker Clair read one text after the other. */
    private static final String TEXT_OF_THE_TRACKER = "active/CVE-2015-0000";

    @TestFactory
    Stream<DynamicTest> pairs() {
        return ALL.stream().map(pair -> dynamicTest(pair.file, () -> check(pair)));
    }

    private static void check(Pair pair) throws IOException {
        byte[] read = Files.readAllBytes(Shared.require(PAIRS + "/" + pair.file));
        byte[] document = pair.document.endsWith(".tar")
                ? new TarMaker().file(TEXT_OF_THE_TRACKER, read).bytes()
                : read;
        RecordedVulnerabilities recorded =
                RecordedVulnerabilities.read(Shared.require(PAIRS + "/" + pair.file + ".expected.json"));
        List<Advisory> advisories = new ArrayList<>();
        boolean refused = false;
        try {
            Feed feed = feed(pair.feed);
            feed.read(part(feed, pair.part), Documents.of(Map.of(pair.document, document)), record -> {
                if (record instanceof Advisory advisory) {
                    advisories.add(advisory);
                }
            });
        } catch (FeedException expected) {
            assertThat(expected).hasMessageStartingWith(pair.document);
            refused = true;
        }
        assertThat(refused).as("it is refused").isEqualTo(recorded.isError());
        if (!refused) {
            assertThat(recorded.differences(advisories))
                    .as("%s: -, what only Clair says; +, what only Limpid says", pair.file)
                    .isEqualTo(listed(pair.file));
        }
    }

    private static Feed feed(String id) {
        return Feeds.all().stream()
                .filter(feed -> feed.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static FeedPart part(Feed feed, String name) {
        return feed.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyListedDifferenceIsOfAPairAndHasAReason() throws IOException {
        List<String> files = ALL.stream().map(Pair::file).toList();
        for (String line : lines()) {
            String[] cells = line.split("\t", -1);
            assertThat(cells).as(line).hasSize(3);
            assertThat(files).contains(cells[0]);
            assertThat(cells[1]).matches("[-+] .+");
            assertThat(cells[2]).isNotBlank();
        }
    }

    private static Set<String> listed(String file) throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        for (String line : lines()) {
            String[] cells = line.split("\t", -1);
            if (cells[0].equals(file)) {
                reasons.put(cells[1], cells[2]);
            }
        }
        return new TreeSet<>(reasons.keySet());
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(DIFFERENCES, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
