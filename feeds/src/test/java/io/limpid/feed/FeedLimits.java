package io.limpid.feed;

import io.limpid.model.Limits;

/** Limits for tests: the usual ones but for those of feeds. */
public final class FeedLimits {
    private FeedLimits() {}

    public static Limits of(long feedPlainBytes, int feedAdvisories) {
        Limits all = Limits.DEFAULT;
        return new Limits(
                all.archiveBytes(),
                all.archivePasses(),
                all.archiveEntries(),
                all.documentBytes(),
                all.sbomBytes(),
                all.jsonDepth(),
                all.indexDepth(),
                all.layers(),
                all.layerBytes(),
                all.layerEntries(),
                all.headerBytes(),
                all.pathBytes(),
                all.fileBytes(),
                all.wantedBytes(),
                all.wantedEntries(),
                all.lineBytes(),
                all.problems(),
                all.linkHops(),
                all.followedPaths(),
                all.folderDepth(),
                all.decoderBytes(),
                all.feedBytes(),
                feedPlainBytes,
                feedAdvisories,
                all.advisoryBytes());
    }
}
