package io.limpid.feed;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.feed.alpine.AlpineFeed;
import io.limpid.feed.arch.ArchFeed;
import io.limpid.feed.debian.DebianFeed;
import io.limpid.feed.ubuntu.UbuntuFeed;
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

    private static void read(Feed feed, String part, String name, byte[] document) throws IOException {
        FeedPart named = feed.parts().stream()
                .filter(one -> one.name().equals(part))
                .findFirst()
                .orElseThrow();
        long[] advisories = {0};
        try {
            FeedReading reading = feed.read(named, Documents.of(Map.of(name, document)), advisory -> {
                advisories[0]++;
                if (!advisory.feed().equals(feed.id()) || !advisory.id().matches("\\S+")) {
                    throw new AssertionError("not this feed's: " + advisory);
                }
            });
            if (reading.skipped() > 10 && reading.skipped() > advisories[0]) {
                throw new AssertionError("more was passed over than read: " + reading);
            }
        } catch (FeedException expected) {
            if (!String.valueOf(expected.getMessage()).startsWith(name)) {
                throw new AssertionError("an error that does not name the document", expected);
            }
        }
    }
}
