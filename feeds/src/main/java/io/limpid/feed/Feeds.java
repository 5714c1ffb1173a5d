package io.limpid.feed;

import io.limpid.feed.alpine.AlpineFeed;
import io.limpid.feed.arch.ArchFeed;
import io.limpid.feed.azurelinux.AzurelinuxFeed;
import io.limpid.feed.debian.DebianFeed;
import io.limpid.feed.oracle.OracleFeed;
import io.limpid.feed.photon.PhotonFeed;
import io.limpid.feed.redhat.RedhatFeed;
import io.limpid.feed.suse.SuseFeed;
import io.limpid.feed.ubuntu.UbuntuFeed;
import java.util.List;

/** The list of feeds: the one line that a new feed adds. */
public final class Feeds {
    private Feeds() {}

    /** Every feed, sorted by id. */
    public static List<Feed> all() {
        return List.of(
                new AlpineFeed(),
                new ArchFeed(),
                new AzurelinuxFeed(),
                new DebianFeed(),
                new OracleFeed(),
                new PhotonFeed(),
                new RedhatFeed(),
                new SuseFeed(),
                new UbuntuFeed());
    }
}
