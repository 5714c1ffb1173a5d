package io.limpid.format.tar;

import static org.assertj.core.api.Assertions.assertThat;

/** However much is read at once, and however little the stream gives: an archive is the same. */
final class Windows {
    private static final int[] SIZES = {1 << 10, 1 << 12, 1 << 16};

    private Windows() {}

    /** The listing, after checking that all windows and a dripping stream give it. */
    static Listing listing(byte[] archive) {
        Listing listing = Listing.ours(archive, SIZES[0]);
        for (int size : SIZES) {
            assertThat(Listing.ours(archive, size)).as("window %d", size).isEqualTo(listing);
            assertThat(Listing.ours(new DripStream(archive, size), size, Listing.MAX_CONTENT))
                    .as("dripping, window %d", size)
                    .isEqualTo(listing);
        }
        return listing;
    }
}
