package io.limpid.feed.nvd;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said beside a yearly file of it.
 *
 * @param sha256 the SHA-256 of its plain bytes, in hex
 * @param lastModified when it was made, null when not said
 */
record FileMeta(String sha256, @Nullable String lastModified) {
    private static final int MOST_BYTES = 10_000;
    private static final Pattern SHA256 = Pattern.compile("(?m)^sha256:([0-9A-Fa-f]{64})\\s*$");
    private static final Pattern MODIFIED = Pattern.compile("(?m)^lastModifiedDate:(\\S{1,40})\\s*$");

    /** Reads it; null when the publisher does not have it. */
    static @Nullable FileMeta read(FeedDocuments documents) throws IOException {
        try (InputStream in = documents.open(NvdFeed.META)) {
            if (in == null) {
                return null;
            }
            String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
            Matcher sha256 = SHA256.matcher(text);
            if (!sha256.find()) {
                throw new FeedException(NvdFeed.META, null, "it has no line with the SHA-256 of the file beside it");
            }
            Matcher modified = MODIFIED.matcher(text);
            return new FileMeta(
                    sha256.group(1).toLowerCase(Locale.ROOT),
                    modified.find() ? NvdEntry.moment(modified.group(1)) : null);
        }
    }
}
