package io.limpid.feed;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.feed.alpine.AlpineFeed;
import io.limpid.feed.arch.ArchFeed;
import io.limpid.feed.debian.DebianFeed;
import io.limpid.feed.epss.EpssFeed;
import io.limpid.feed.kev.KevFeed;
import io.limpid.feed.nvd.NvdFeed;
import io.limpid.feed.ubuntu.UbuntuFeed;
import io.limpid.model.Advisory;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.VulnerabilityDetails;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.util.Map;

/** Whatever a document holds, there are valid advisories or the declared exception, which names it. */
final class FeedFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void tracker(byte[] document) throws IOException {
        read(new DebianFeed(), "tracker", "tracker.json", document);
    }

    @FuzzTest(maxDuration = "1m")
    void secdb(byte[] document) throws IOException {
        read(new AlpineFeed(), "edge", "main.json", document);
    }

    @FuzzTest(maxDuration = "1m")
    void arch(byte[] document) throws IOException {
        read(new ArchFeed(), "tracker", "all.json", document);
    }

    @FuzzTest(maxDuration = "1m")
    void oval(byte[] document) throws IOException {
        read(new UbuntuFeed(), "22.04", "com.ubuntu.jammy.cve.oval.xml", document);
    }

    @FuzzTest(maxDuration = "1m")
    void nvd(byte[] document) throws IOException {
        read(new NvdFeed(), "2023", "cves.json", document);
    }

    @FuzzTest(maxDuration = "1m")
    void kev(byte[] document) throws IOException {
        read(new KevFeed(), "all", "catalogue.json", document);
    }

    @FuzzTest(maxDuration = "1m")
    void epss(byte[] document) throws IOException {
        read(new EpssFeed(), "current", "scores.csv", document);
    }

    @FuzzTest(maxDuration = "1m")
    void ubuntuTracker(byte[] text) throws IOException {
        byte[] archive = new TarMaker()
                .file("ubuntu-cve-tracker/active/CVE-2024-1", text)
                .bytes();
        read(new UbuntuFeed(), "tracker", "tracker.tar", archive);
    }

    @FuzzTest(maxDuration = "1m")
    void ubuntuOsv(byte[] record) throws IOException {
        byte[] archive = new TarMaker()
                .file("osv/cve/2024/UBUNTU-CVE-2024-1.json", record)
                .bytes();
        read(new UbuntuFeed(), "osv", "osv.tar", archive);
    }

    private static void read(Feed feed, String part, String name, byte[] document) throws IOException {
        FeedPart named = feed.parts().stream()
                .filter(one -> one.name().equals(part))
                .findFirst()
                .orElseThrow();
        long[] records = {0};
        try {
            FeedReading reading = feed.read(named, Documents.of(Map.of(name, document)), one -> {
                records[0]++;
                boolean own = switch (one) {
                    case Advisory advisory ->
                        advisory.feed().equals(feed.id()) && advisory.id().matches("\\S+");
                    case VulnerabilityDetails details ->
                        details.feed().equals(feed.id()) && details.id().matches("\\S+");
                    case RepositoryProducts told -> told.repository().matches("\\S+");
                };
                if (!own) {
                    throw new AssertionError("not this feed's: " + one);
                }
            });
            if (reading.skipped() > 10 && reading.skipped() > records[0]) {
                throw new AssertionError("more was passed over than read: " + reading);
            }
        } catch (FeedException expected) {
            if (!String.valueOf(expected.getMessage()).startsWith(name)) {
                throw new AssertionError("an error that does not name the document", expected);
            }
        }
    }
}
