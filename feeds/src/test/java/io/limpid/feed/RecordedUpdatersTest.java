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
     * @param part the part of the feed that it is a document of; several with commas between them
     * @param document what it is called there; {@code *} stands for the part
     */
    private record Pair(String file, String feed, String part, String document) {}

    /** A row for each pair. */
    private static final List<Pair> ALL = List.of(
            new Pair("alpine.1.yaml", "alpine", "v3.4", "main.json"),
            new Pair("alpine.2.yaml", "alpine", "v3.9", "main.json"),
            new Pair("amzn1.1.xml", "amazon", "2018.03", "core.updateinfo.xml"),
            new Pair("amzn2.1.xml", "amazon", "2", "core.updateinfo.xml"),
            new Pair("amzn2.2.xml", "amazon", "2", "core.updateinfo.xml"),
            new Pair("debian.1.json", "debian", "tracker", "tracker.json"),
            new Pair("debian.2.json", "debian", "tracker", "tracker.json"),
            new Pair("debian.bad.json", "debian", "tracker", "tracker.json"),
            new Pair("oracle.1.xml", "oracle", "elsa", "com.oracle.elsa-all.xml"),
            new Pair("oracle.2.xml", "oracle", "elsa", "com.oracle.elsa-all.xml"),
            new Pair("oracle.3.xml", "oracle", "elsa", "com.oracle.elsa-all.xml"),
            new Pair("rhel.1.xml", "redhat", "7", "com.redhat.rhsa-RHEL*.xml"),
            new Pair("rhel.2.xml", "redhat", "5,6,7", "com.redhat.rhsa-RHEL*.xml"),
            new Pair("rhel.3.xml", "redhat", "6", "com.redhat.rhsa-RHEL*.xml"),
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
            for (String part : pair.part.split(",", -1)) {
                String name = pair.document.replace("*", part);
                Map<String, byte[]> documents = new TreeMap<>(leadingTo(name));
                documents.put(name, document);
                feed.read(part(feed, part), Documents.of(documents), record -> {
                    if (record instanceof Advisory advisory) {
                        advisories.add(advisory);
                    }
                });
            }
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

    /** What names the document of a pair, where the feed asks for it. */
    private static Map<String, byte[]> leadingTo(String document) {
        String folder = "https://cdn.amazonlinux.com/2/core/2.0/x86_64/" + "0".repeat(64);
        String index =
                "<repomd><data type=\"updateinfo\"><location href=\"repodata/updateinfo.xml.gz\"/></data></repomd>";
        return document.startsWith("core.")
                ? Map.of(
                        "core.mirror.list", folder.getBytes(StandardCharsets.UTF_8),
                        "core.repomd.xml", index.getBytes(StandardCharsets.UTF_8))
                : Map.of();
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
