package io.limpid.feed.amazon;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list of a repository's mirrors: an address a line. */
final class MirrorList {
    private static final int BYTES = 1 << 16;
    /**
     * An address of Amazon's, some still written with http. It has the number of a snapshot of the repository and its architecture, in either order:
     * so one that was cut off is told from a whole one.
     */
    private static final Pattern ADDRESS = Pattern.compile(
            "https?://((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,8}(?:amazonlinux\\.com|amazonaws\\.com(?:\\.cn)?)"
                    + "(?:/(?!\\.)[A-Za-z0-9._~+-]{1,200}){1,12}"
                    + "(?:/x86_64/[0-9a-f]{64}|/[0-9a-f]{12}(?:[0-9a-f]{52})?/x86_64))/?");

    private MirrorList() {}

    /**
     * The first mirror, as a folder.
     *
     * @throws FeedException when the document is no such list
     */
    static URI first(FeedDocuments documents, String name) throws IOException {
        byte[] bytes;
        try (InputStream in = documents.open(name)) {
            if (in == null) {
                throw new FeedException(name, null, "it is not there");
            }
            bytes = in.readNBytes(BYTES);
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            throw new FeedException(name, null, "it is empty");
        }
        String line = text.lines().findFirst().orElse("").strip();
        Matcher address = ADDRESS.matcher(line);
        if (!address.matches()) {
            throw new FeedException(name, "line 1", "no address of a mirror of Amazon's: " + line);
        }
        return URI.create("https://" + address.group(1) + "/");
    }
}
