package io.limpid.feed;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.feed.alma.AlmaFeed;
import io.limpid.feed.amazon.AmazonFeed;
import io.limpid.feed.fedora.FedoraFeed;
import io.limpid.feed.rocky.RockyFeed;
import io.limpid.model.Advisory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whatever a list of errata holds, or what leads to it, there are valid advisories or the declared exception, which names the document. */
final class ErrataFuzzTest {
    private static final Map<String, FeedCases.Case> SAMPLES = new ConcurrentHashMap<>();

    @FuzzTest(maxDuration = "1m")
    void updateinfo(byte[] document) throws IOException {
        read(new AmazonFeed(), "core.updateinfo.xml", document);
    }

    @FuzzTest(maxDuration = "1m")
    void repomd(byte[] document) throws IOException {
        read(new AmazonFeed(), "core.repomd.xml", document);
    }

    @FuzzTest(maxDuration = "1m")
    void mirrors(byte[] document) throws IOException {
        read(new AmazonFeed(), "core.mirror.list", document);
    }

    @FuzzTest(maxDuration = "1m")
    void extras(byte[] document) throws IOException {
        read(new AmazonFeed(), "extras-catalog.json", document);
    }

    @FuzzTest(maxDuration = "1m")
    void alma(byte[] document) throws IOException {
        read(new AlmaFeed(), "errata.full.json", document);
    }

    @FuzzTest(maxDuration = "1m")
    void rocky(byte[] document) throws IOException {
        read(new RockyFeed(), "errata.0.json", document);
    }

    @FuzzTest(maxDuration = "1m")
    void bodhi(byte[] document) throws IOException {
        read(new FedoraFeed(), "updates.1.json", document);
    }

    /** Reads what is normal but for one document. */
    private static void read(Feed feed, String name, byte[] document) throws IOException {
        FeedCases.Case sample = SAMPLES.computeIfAbsent(feed.id(), _ -> FeedCases.sample(feed));
        Map<String, byte[]> contents = new LinkedHashMap<>(sample.contents());
        contents.put(name, document);
        Documents documents = Documents.of(contents);
        try {
            for (FeedPart.Document further : feed.follow(sample.part(), documents)) {
                if (!String.valueOf(further.url().getHost()).endsWith(".com")
                        && !further.url().getHost().endsWith("rockylinux.org")
                        && !further.url().getHost().equals("bodhi.fedoraproject.org")) {
                    throw new AssertionError("it leads elsewhere: " + further);
                }
            }
            feed.read(sample.part(), documents, one -> {
                if (!(one instanceof Advisory advisory)
                        || !advisory.feed().equals(feed.id())
                        || !advisory.id().matches("\\S+")) {
                    throw new AssertionError("not this feed's: " + one);
                }
            });
        } catch (FeedException expected) {
            if (!String.valueOf(expected.getMessage()).matches("(?s)[A-Za-z0-9._-]+(, .*)?: .+")) {
                throw new AssertionError("an error that does not name the document", expected);
            }
        }
    }
}
