package io.limpid.snapshot;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where documents are fetched from: their publishers themselves, or one mirror of all of them.
 *
 * <p>A mirror has the document {@code https://HOST/PATH} as {@code MIRROR/HOST/PATH}.
 *
 * @param mirror the mirror's address, null for the publishers themselves
 */
public record Origin(@Nullable URI mirror) {
    /** The publishers themselves. */
    public static final Origin PUBLISHERS = new Origin(null);

    private static final String UPSTREAM = "upstream";

    private static final int KEY_DIGITS = 16;

    /** A folder's name for it: data from different origins are never mixed. */
    String key() {
        if (mirror == null) {
            return UPSTREAM;
        }
        // URI knows no host with an underscore, as services in a Compose file may have.
        String host = base(mirror)
                .replaceFirst("^[^/]*//([^/]*@)?", "")
                .replaceFirst("(:[0-9]*)?(/.*)?$", "")
                .toLowerCase(Locale.ROOT);
        // The host is for people, the digest tells origins apart.
        String word = host.replaceAll("[^a-z0-9.-]", "_").replaceAll("^[.]+", "");
        return "mirror-" + (word.isEmpty() ? "folder" : word) + "-"
                + digest(address()).substring(0, KEY_DIGITS);
    }

    /** The mirror's address as people and files are told it: without user, password and a slash at the end; "upstream" where there is no mirror. */
    String address() {
        return mirror == null ? UPSTREAM : base(mirror).replaceFirst("//[^/]*@", "//");
    }

    private static String base(URI mirror) {
        return mirror.toString().replaceAll("/+$", "");
    }

    /** Where a document is fetched from. */
    URI resolve(URI url) {
        return mirror == null ? url : under(base(mirror), url);
    }

    /** The same as people are told it: without user and password. */
    URI shown(URI url) {
        return mirror == null ? url : under(address(), url);
    }

    private static URI under(String base, URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(base + "/" + url.getHost() + port + url.getRawPath() + query);
    }

    @Override
    public String toString() {
        return address();
    }

    /** The SHA-256 of a text, in hex. */
    static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
