package io.limpid.feed;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.feed.azurelinux.AzurelinuxFeed;
import io.limpid.feed.oracle.OracleFeed;
import io.limpid.feed.photon.PhotonFeed;
import io.limpid.feed.suse.SuseFeed;
import io.limpid.model.Advisory;
import java.io.IOException;
import java.util.Map;

/** Whatever an OVAL document about rpm packages holds, there are valid advisories or the declared exception, which names it. */
final class OvalFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void oracle(byte[] document) throws IOException {
        read(new OracleFeed(), "elsa", "com.oracle.elsa-all.xml", document);
    }

    @FuzzTest(maxDuration = "1m")
    void photon(byte[] document) throws IOException {
        read(new PhotonFeed(), "3.0-errata", "com.vmware.phsa-photon3.xml", document);
    }

    @FuzzTest(maxDuration = "1m")
    void photonList(byte[] document) throws IOException {
        read(new PhotonFeed(), "5.0-cves", "cve_data_photon5.0.json", document);
    }

    @FuzzTest(maxDuration = "1m")
    void azurelinux(byte[] document) throws IOException {
        read(new AzurelinuxFeed(), "azurelinux-3.0", "azurelinux-3.0-oval.xml", document);
    }

    @FuzzTest(maxDuration = "1m")
    void suse(byte[] document) throws IOException {
        read(new SuseFeed(), "opensuse.leap.15.3", "opensuse.leap.15.3.xml", document);
    }

    private static void read(Feed feed, String part, String name, byte[] document) throws IOException {
        FeedPart named = feed.parts().stream()
                .filter(one -> one.name().equals(part))
                .findFirst()
                .orElseThrow();
        try {
            feed.read(named, Documents.of(Map.of(name, document)), one -> {
                if (!(one instanceof Advisory advisory)
                        || !advisory.feed().equals(feed.id())
                        || !advisory.id().matches("\\S+")) {
                    throw new AssertionError("not this feed's: " + one);
                }
            });
        } catch (FeedException expected) {
            if (!String.valueOf(expected.getMessage()).startsWith(name)) {
                throw new AssertionError("an error that does not name the document", expected);
            }
        }
    }
}
