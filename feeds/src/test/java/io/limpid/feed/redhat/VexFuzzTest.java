package io.limpid.feed.redhat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.feed.Documents;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.model.Advisory;
import io.limpid.model.FeedRecord;
import io.limpid.model.RepositoryProducts;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.util.Map;

/** Whatever is in Red Hat's documents, there are valid advisories or the declared exception, which names the document. */
final class VexFuzzTest {
    private static final String ARCHIVE = "csaf_vex_2025-02-18.tar.zst";
    private static final byte[] SOUND =
            new TarMaker().file("2024/cve-2024-0002.json", "{}".getBytes(UTF_8)).bytes();

    /** A CSAF document, as the member of an archive: at worst it is passed over. */
    @FuzzTest(maxDuration = "1m")
    void csaf(byte[] document) throws IOException {
        byte[] archive =
                new TarMaker().file("2024/cve-2024-0001.json", document).bytes();
        read(
                "vex",
                Map.of("archive_latest.txt", ARCHIVE.getBytes(UTF_8), "changes.csv", new byte[0], ARCHIVE, archive));
    }

    @FuzzTest(maxDuration = "1m")
    void changes(byte[] list) throws IOException {
        read("vex", Map.of("archive_latest.txt", ARCHIVE.getBytes(UTF_8), "changes.csv", list, ARCHIVE, SOUND));
    }

    @FuzzTest(maxDuration = "1m")
    void repositories(byte[] document) throws IOException {
        read("repositories", Map.of("repository-to-cpe.json", document));
    }

    @FuzzTest(maxDuration = "1m")
    void oval(byte[] document) throws IOException {
        read("8-unpatched", Map.of("rhel-8-including-unpatched.oval.xml", document));
    }

    private static void read(String part, Map<String, byte[]> contents) throws IOException {
        RedhatFeed feed = new RedhatFeed();
        FeedPart named = feed.parts().stream()
                .filter(one -> one.name().equals(part))
                .findFirst()
                .orElseThrow();
        Documents documents = Documents.of(contents);
        try {
            for (FeedPart.Document told : feed.follow(named, documents)) {
                String url = told.url().normalize().toString();
                if (!url.startsWith("https://security.access.redhat.com/data/csaf/v2/vex/")) {
                    throw new AssertionError("it leads elsewhere: " + told);
                }
            }
            feed.read(named, documents, VexFuzzTest::check);
        } catch (FeedException expected) {
            String message = String.valueOf(expected.getMessage());
            if (contents.keySet().stream().noneMatch(message::startsWith)) {
                throw new AssertionError("an error that does not name the document", expected);
            }
        }
    }

    private static void check(FeedRecord told) {
        boolean own = switch (told) {
            case Advisory advisory ->
                advisory.feed().equals("redhat") && advisory.id().matches("\\S+");
            case RepositoryProducts one -> one.repository().matches("\\S+");
            default -> false;
        };
        if (!own) {
            throw new AssertionError("not this feed's: " + told);
        }
    }
}
