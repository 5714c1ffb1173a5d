package io.limpid.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What is done with URLs: shown without their secrets, taken apart, resolved. */
final class Urls {
    private static final int LONGEST_SHOWN = 300;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String ILLEGAL = " \"<>\\^`{|}";

    private Urls() {}

    /** The URL for people: without user info, and of the query the names only. */
    static String shown(URI url) {
        StringBuilder text = new StringBuilder();
        String authority = url.getRawAuthority();
        text.append(url.getScheme() == null ? "" : url.getScheme() + ":");
        text.append(authority == null ? "" : "//" + authority.substring(authority.lastIndexOf('@') + 1));
        text.append(url.getRawPath() == null ? "" : url.getRawPath());
        if (url.getRawQuery() != null) {
            char mark = '?';
            for (String parameter : url.getRawQuery().split("&", -1)) {
                int equals = parameter.indexOf('=');
                // A parameter without a name is all value.
                text.append(mark).append(equals < 0 ? "..." : parameter.substring(0, equals) + "=...");
                mark = '&';
            }
        }
        if (text.length() > LONGEST_SHOWN) {
            text.setLength(LONGEST_SHOWN);
            text.append("...");
        }
        return text.toString();
    }

    /** The URL without user info and fragment, with at least {@code /} as its path. */
    static URI plain(URI url) {
        String authority = url.getRawAuthority();
        if (url.getRawFragment() == null
                && authority != null
                && authority.indexOf('@') < 0
                && !url.getRawPath().isEmpty()) {
            return url;
        }
        return URI.create(url.getScheme() + "://"
                + (authority == null ? "" : authority.substring(authority.lastIndexOf('@') + 1)) + pathAndQuery(url));
    }

    /** What stands in the request line: path and query as they are written, in ASCII. */
    static String pathAndQuery(URI url) {
        String path = url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String both = (path == null || path.isEmpty() ? "/" : path) + query;
        return escaped(both, StandardCharsets.UTF_8, "");
    }

    /** The value of the header that carries a URL's user info (RFC 7617); null when there is none. */
    static @Nullable String basicCredentials(URI url) {
        String authority = url.getRawAuthority();
        int at = authority == null ? -1 : authority.lastIndexOf('@');
        if (authority == null || at < 0) {
            return null;
        }
        return basicCredentials(authority.substring(0, at));
    }

    /** The same of user info alone, {@code user:password} with escapes. */
    static String basicCredentials(String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = unescaped(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : unescaped(userInfo.substring(colon + 1));
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private static String unescaped(String text) {
        try {
            // A plus sign is itself here, not a blank.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    /**
     * The URL that a text means: blanks and other characters that should have been escaped are.
     *
     * @throws URISyntaxException when it means none
     */
    static URI parse(String text) throws URISyntaxException {
        String ascii = escaped(text, StandardCharsets.UTF_8, "");
        try {
            return new URI(ascii);
        } catch (URISyntaxException _) {
            return new URI(escaped(ascii, StandardCharsets.UTF_8, ILLEGAL));
        }
    }

    /**
     * The URL that a {@code Location} means, seen from the URL that was asked (RFC 3986, 5.2).
     *
     * <p>What a browser would accept is accepted: blanks and other characters that should have been escaped are.
     *
     * @throws URISyntaxException when it means none
     */
    static URI resolve(URI base, String location) throws URISyntaxException {
        String text = location.strip();
        // URI resolves a lone query by RFC 2396: against the folder.
        if (text.startsWith("?")) {
            text = plain(base).getRawPath() + text;
        }
        // The bytes of a header field come as one character each.
        text = escaped(text, StandardCharsets.ISO_8859_1, "");
        URI reference;
        try {
            reference = new URI(text);
        } catch (URISyntaxException _) {
            reference = new URI(escaped(text, StandardCharsets.ISO_8859_1, ILLEGAL));
        }
        if (reference.isOpaque()) {
            throw new URISyntaxException(location, "no hierarchical URL");
        }
        return plain(base).resolve(reference);
    }

    /** The text with what is not ASCII, and what is illegal, percent-encoded. */
    private static String escaped(String text, Charset charset, String illegal) {
        if (text.chars().allMatch(c -> c < 0x7f && illegal.indexOf(c) < 0 && (c != '%' || illegal.isEmpty()))) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean strayPercent = c == '%' && !illegal.isEmpty() && !(isHex(text, i + 1) && isHex(text, i + 2));
            if (strayPercent || illegal.indexOf(c) >= 0 || c >= 0x7f) {
                for (byte b : Character.toString(c).getBytes(charset)) {
                    escaped.append('%').append(HEX.toHexDigits(b));
                }
            } else {
                escaped.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return escaped.toString();
    }

    private static boolean isHex(String text, int index) {
        return index < text.length() && HexFormat.isHexDigit(text.charAt(index));
    }
}
