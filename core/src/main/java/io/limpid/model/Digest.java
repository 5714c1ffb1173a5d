package io.limpid.model;

import java.util.regex.Pattern;

/**
 * The SHA-256 of some bytes, written {@code sha256:<64 lower-case hex digits>} as the OCI image specification (descriptor.md) writes it.
 *
 * @param hex 64 lower-case hex digits
 */
public record Digest(String hex) implements Comparable<Digest> {
    private static final String PREFIX = "sha256:";
    private static final int HEX_DIGITS = 64;

    /** What the OCI image specification registers besides, and what it would look like. */
    private static final Pattern OTHER = Pattern.compile("(?:sha384|sha512|blake3):[0-9a-f]{64,128}");

    public Digest {
        if (!isHex(hex)) {
            throw new IllegalArgumentException("not a sha256 digest: " + hex);
        }
    }

    /**
     * Reads {@code sha256:<hex>}.
     *
     * @throws IllegalArgumentException when {@code text} has another algorithm or form
     */
    public static Digest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    OTHER.matcher(text).matches()
                            ? "its digest is of the algorithm " + text.substring(0, text.indexOf(':'))
                                    + ", and only sha256 is supported: " + text
                            : "not a sha256 digest: " + text);
        }
        return new Digest(text.substring(PREFIX.length()));
    }

    /** Whether {@code text} is 64 lower-case hex digits. */
    public static boolean isHex(String text) {
        if (text.length() != HEX_DIGITS) {
            return false;
        }
        for (int i = 0; i < HEX_DIGITS; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
