package io.limpid.feed;

import io.limpid.feed.alma.AlmaFeed;
import io.limpid.feed.alpine.AlpineFeed;
import io.limpid.feed.amazon.AmazonFeed;
import io.limpid.feed.arch.ArchFeed;
import io.limpid.feed.azurelinux.AzurelinuxFeed;
import io.limpid.feed.chainguard.ChainguardFeed;
import io.limpid.feed.debian.DebianFeed;
import io.limpid.feed.epss.EpssFeed;
import io.limpid.feed.fedora.FedoraFeed;
import io.limpid.feed.kev.KevFeed;
import io.limpid.feed.nvd.NvdFeed;
import io.limpid.feed.oracle.OracleFeed;
import io.limpid.feed.photon.PhotonFeed;
import io.limpid.feed.redhat.RedhatFeed;
import io.limpid.feed.rocky.RockyFeed;
import io.limpid.feed.suse.SuseFeed;
import io.limpid.feed.ubuntu.UbuntuFeed;
import io.limpid.feed.wolfi.WolfiFeed;
import java.util.List;

/** The list of feeds: the one line that a new feed adds. */
public final class Feeds {
    private Feeds() {}

    /** Every feed, sorted by id. */
    public static List<Feed> all() {
        return List.of(
                new AlmaFeed(),
                new AlpineFeed(),
                new AmazonFeed(),
                new ArchFeed(),
                new AzurelinuxFeed(),
                new ChainguardFeed(),
                new DebianFeed(),
                new EpssFeed(),
                new FedoraFeed(),
                new KevFeed(),
                new NvdFeed(),
                new OracleFeed(),
                new PhotonFeed(),
                new RedhatFeed(),
                new RockyFeed(),
                new SuseFeed(),
                new UbuntuFeed(),
                new WolfiFeed());
    }
}
