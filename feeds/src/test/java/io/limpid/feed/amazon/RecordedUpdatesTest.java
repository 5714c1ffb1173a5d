package io.limpid.feed.amazon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Documents;
import io.limpid.feed.FeedPart;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Advisory;
import io.limpid.model.FeedRecord;
import io.limpid.model.Limits;
import io.limpid.model.SeverityRating;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the original's updaters made of lists of updates, by bulletins: the same is found, and what it dropped. */
class RecordedUpdatesTest {
    private static final String MIRROR = """
        https://cdn.amazonlinux.com/2/core/2.0/x86_64/0123456789012345678901234567890123456789012345678901234567890123
        """;
    private static final String INDEX = """
        <repomd><data type="updateinfo"><location href="repodata/updateinfo.xml.gz"/></data></repomd>
        """;

    /** Name, namespace, link, severity, description and fixes of a bulletin. */
    private record Bulletin(
            String name, String namespace, String link, String severity, String description, TreeSet<String> fixes) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amzn1.1 | 2018.03 | ",
                "amzn2.1 | 2 | ",
                // A version with a caret is one; the original dropped it.
                "amzn2.2 | 2 | ALAS2-2018-1 b 3:2^-1"
            })
    void recorded(String name, String part, @Nullable String dropped) throws IOException {
        Path updates = Shared.require("clair/recordings/updaters/dev/" + name + ".xml");
        List<Bulletin> expected = new ArrayList<>();
        for (JsonObject one :
                json(updates.resolveSibling(name + ".xml.expected.json")).objects("Vulnerabilities")) {
            expected.add(bulletin(one));
        }
        if (dropped != null) {
            String[] words = dropped.split(" ", 3);
            expected.stream()
                    .filter(one -> one.name.equals(words[0]))
                    .forEach(one -> one.fixes.add(words[1] + " " + words[2]));
        }
        assertThat(told(part, Files.readAllBytes(updates))).containsExactlyElementsOf(expected);
    }

    private static JsonObject json(Path file) throws IOException {
        return (JsonObject) Json.parse(Files.readAllBytes(file), 1 << 20, Limits.DEFAULT);
    }

    private static Bulletin bulletin(JsonObject one) throws JsonException {
        TreeSet<String> fixes = new TreeSet<>();
        for (JsonObject fix : one.objects("FixedIn")) {
            fixes.add(fix.string("Name") + " " + fix.string("Version"));
        }
        return new Bulletin(
                text(one, "Name"),
                text(one, "Namespace"),
                text(one, "Link"),
                text(one, "Severity"),
                text(one, "Description"),
                fixes);
    }

    private static String text(JsonObject one, String name) throws JsonException {
        return Objects.requireNonNull(one.string(name));
    }

    private static List<Bulletin> told(String part, byte[] updates) throws IOException {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        documents.put("core.mirror.list", MIRROR.getBytes(UTF_8));
        documents.put("core.repomd.xml", INDEX.getBytes(UTF_8));
        documents.put("core.updateinfo.xml", updates);
        AmazonFeed feed = new AmazonFeed();
        FeedPart release = feed.parts().stream()
                .filter(one -> one.name().equals(part))
                .findFirst()
                .orElseThrow();
        Map<String, Bulletin> bulletins = new TreeMap<>();
        feed.read(release, Documents.of(documents), one -> add(one, bulletins));
        return List.copyOf(bulletins.values());
    }

    private static void add(FeedRecord one, Map<String, Bulletin> bulletins) {
        Advisory advisory = (Advisory) one;
        String name = advisory.aliases().isEmpty()
                ? advisory.id()
                : advisory.aliases().getFirst();
        SeverityRating rating = advisory.severities().getFirst();
        String severity = rating.severity().word();
        bulletins
                .computeIfAbsent(
                        name,
                        _ -> new Bulletin(
                                name,
                                advisory.subject().namespace(),
                                String.valueOf(advisory.url()),
                                severity.substring(0, 1).toUpperCase(Locale.ROOT) + severity.substring(1),
                                String.valueOf(advisory.description())
                                        .replaceAll("\\s+", " ")
                                        .strip(),
                                new TreeSet<>()))
                .fixes
                .add(advisory.subject().name() + " " + advisory.fixedVersion());
    }
}
