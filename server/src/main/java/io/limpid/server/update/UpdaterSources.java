package io.limpid.server.update;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedPart;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an updater fetches.
 *
 * @param parts all of which count
 * @param standIns of which the first that can be had counts, where the parts say nothing of a release
 */
record UpdaterSources(Feed feed, List<FeedPart> parts, List<FeedPart> standIns) {
    /** Red Hat's repositories tell nothing that API v1 can ask for, and SUSE's bulletins nothing that its definitions do not. */
    private static final Set<String> LEFT_OUT = Set.of("repositories", "csaf");

    private static final String VEX = "vex";
    private static final String NVD = "nvd";

    UpdaterSources {
        parts = List.copyOf(parts);
        standIns = List.copyOf(standIns);
    }

    /**
     * What one fetches.
     *
     * @param feeds all that there are
     */
    static UpdaterSources of(Updater updater, List<Feed> feeds) {
        Feed feed = feed(updater.feed(), feeds);
        Set<FeedPart> parts = new LinkedHashSet<>();
        List<FeedPart> standIns = new ArrayList<>();
        for (FeedPart part : feed.parts()) {
            if (LEFT_OUT.contains(part.name())) {
                continue;
            }
            if (part.name().equals(VEX)) {
                standIns.add(part);
            } else if (isAlone(updater) || isOf(updater, feed, part)) {
                parts.add(part);
            }
        }
        if (updater == Updater.UBUNTU) {
            // Its documents of one release name binary packages, which Clair lists none of; the others name sources.
            Distro any = Distros.of("ubuntu", Distros.versionIds("ubuntu").getLast(), null);
            return new UpdaterSources(feed, List.of(), feed.standIns(any));
        }
        return new UpdaterSources(feed, List.copyOf(parts), standIns);
    }

    private static boolean isAlone(Updater updater) {
        return Arrays.stream(Updater.values())
                .noneMatch(other -> other != updater && other.feed().equals(updater.feed()));
    }

    /** Of several updaters of one feed each has its own parts. */
    private static boolean isOf(Updater updater, Feed feed, FeedPart part) {
        for (var family : Distros.all()) {
            for (String version : Distros.versionIds(family.id())) {
                Distro distro = Distros.of(family.id(), version, null);
                if (updater.isAbout(distro.namespace()) && feed.partsFor(distro).contains(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The feed of what is known of vulnerabilities besides. */
    static Feed details(List<Feed> feeds) {
        return feed(NVD, feeds);
    }

    private static Feed feed(String id, List<Feed> feeds) {
        return feeds.stream().filter(feed -> feed.id().equals(id)).findFirst().orElseThrow();
    }
}
