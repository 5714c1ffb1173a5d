package io.limpid.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.feed.FeedCases.Case;
import io.limpid.format.compress.Compression;
import io.limpid.model.Limits;
import io.limpid.testing.Shared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Documents that would fill the memory, exhaust the stack or read other files, in every place where a feed may get them. */
class HostileDocumentsTest {
    private static final int MANY = 3_000_000;
    private static final String OVAL = "<oval_definitions><definitions><definition class='vulnerability' id='a'>";

    @TestFactory
    Stream<DynamicTest> sharedFiles() {
        return Stream.of(
                        "oval-billion-laughs.xml",
                        "oval-deep.xml.xz",
                        "oval-xxe.xml",
                        "json-deep-feed.json.xz",
                        "json-duplicate-keys.json")
                .map(file -> dynamicTest(file, () -> refusedByAll(hostile(file))));
    }

    @Test
    void entitiesAreRefusedBeforeAnythingIsRead() throws IOException {
        for (String file : List.of("oval-xxe.xml", "oval-billion-laughs.xml")) {
            byte[] document = hostile(file);
            assertThatThrownBy(() -> read(FeedCases.sample(ubuntu()), document))
                    .hasMessageEndingWith("a document type declaration, which is refused");
        }
    }

    /** Each is of the right shape until it is too much. */
    @Test
    void muchOfOneThingIsBounded() {
        Case oval = FeedCases.sample(ubuntu());
        for (Map.Entry<String, String> row : Map.of(
                        OVAL + "<criteria>".repeat(MANY / 3), "nested more than",
                        OVAL + "<metadata><title>" + "a".repeat(MANY * 2), "more than",
                        OVAL + "<metadata><title a='" + "a".repeat(MANY * 2), "more than",
                        OVAL + "<!-- " + "a".repeat(MANY * 2), "more than",
                        OVAL + names("<n%d/>"), "different names",
                        OVAL + names("<n a%d='v'/>"), "different names",
                        OVAL + names("<?p%d?>"), "different names",
                        OVAL + names("<p%1$d:n xmlns:p%1$d='u'/>"), "different names",
                        OVAL + "<" + "n".repeat(2000) + "/>", "a name of more than 1000 characters")
                .entrySet()) {
            assertThatThrownBy(() -> read(oval, row.getKey().getBytes(UTF_8)))
                    .isInstanceOf(FeedException.class)
                    .hasMessageContaining(row.getValue());
        }
        for (Feed feed : Feeds.all()) {
            Case sample = FeedCases.sample(feed);
            for (String start :
                    List.of("{\"a\":{\"CVE-1-1\":{\"description\":", "{\"packages\":[{\"pkg\":{\"name\":")) {
                assertThatThrownBy(() -> read(sample, (start + "\"" + "a".repeat(MANY)).getBytes(UTF_8)))
                        .isInstanceOf(FeedException.class);
                assertThatThrownBy(() -> read(sample, (start + "[".repeat(MANY)).getBytes(UTF_8)))
                        .isInstanceOf(FeedException.class);
                assertThatThrownBy(() -> read(sample, (start + "1".repeat(MANY)).getBytes(UTF_8)))
                        .isInstanceOf(FeedException.class);
            }
        }
    }

    /** The parser keeps a table of names, of whatever they are. */
    private static String names(String form) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            names.append(String.format(Locale.ROOT, form, i));
        }
        return names.toString();
    }

    private static Feed ubuntu() {
        return Feeds.all().stream()
                .filter(feed -> feed.id().equals("ubuntu"))
                .findFirst()
                .orElseThrow();
    }

    private static void refusedByAll(byte[] document) {
        for (Feed feed : Feeds.all()) {
            Case sample = FeedCases.sample(feed);
            assertThatThrownBy(() -> read(sample, document)).isInstanceOf(FeedException.class);
        }
    }

    private static void read(Case sample, byte[] content) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>(sample.contents());
        contents.replaceAll((_, _) -> content);
        sample.feed().read(sample.part(), Documents.of(contents), _ -> {});
    }

    private static byte[] hostile(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Shared.require("images/hostile/" + file));
        byte[] plain = Compression.of(bytes)
                .open(new ByteArrayInputStream(bytes), Limits.DEFAULT)
                .readAllBytes();
        assertThat(plain).isNotEmpty();
        return plain;
    }
}
