package io.limpid.server.api;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request target as Go's {@code net/url} reads it.
 *
 * @param raw as it came, a character for each byte
 * @param path without its escapes, a character for each byte
 * @param query after the question mark, as it came; empty when there is none
 * @param isAbsolute whether scheme and host stood before it
 */
record Target(String raw, String path, String query, boolean isAbsolute) {
    private static final String UNESCAPED_IN_PATH = "-_.~$&+,/:;=@";

    /** Reads one; null for what Go answers 400. */
    static @Nullable Target parse(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) < ' ' || raw.charAt(i) == 0x7f) {
                return null;
            }
        }
        int start = 0;
        if (!raw.startsWith("/")) {
            int scheme = raw.indexOf("://");
            if (scheme <= 0) {
                return raw.equals("*") ? new Target(raw, raw, "", false) : null;
            }
            start = scheme + 3;
            while (start < raw.length() && raw.charAt(start) != '/' && raw.charAt(start) != '?') {
                start++;
            }
        }
        int question = raw.indexOf('?', start);
        String path = unescaped(raw.substring(start, question < 0 ? raw.length() : question), false);
        String query = question < 0 ? "" : raw.substring(question + 1);
        return path == null ? null : new Target(raw, path, query, start > 0);
    }

    /** The same target with another path, as a client is sent there; escapes are Go's. */
    String withPath(String other) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < other.length(); i++) {
            char c = other.charAt(i);
            boolean isPlain = (c < 0x80 && Character.isLetterOrDigit(c)) || UNESCAPED_IN_PATH.indexOf(c) >= 0;
            if (isPlain) {
                escaped.append(c);
            } else {
                escaped.append(String.format("%%%02X", (int) c));
            }
        }
        // Go's redirect keeps a slash at the end, but takes none for a dot there, as its router does.
        boolean hasSlash = other.endsWith("/");
        String clean = cleaned(escaped.toString());
        if (!hasSlash && clean.length() > 1 && clean.endsWith("/")) {
            clean = clean.substring(0, clean.length() - 1);
        }
        int question = raw.indexOf('?');
        return question < 0 ? clean : clean + raw.substring(question);
    }

    /** A path without empty parts, {@code .} and {@code ..}; a slash at its end stays. */
    static String cleaned(String path) {
        java.util.ArrayDeque<String> parts = new java.util.ArrayDeque<>();
        String last = "";
        for (String part : path.split("/", -1)) {
            last = part;
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        boolean hasSlash = !parts.isEmpty() && (last.isEmpty() || last.equals("."));
        return "/" + String.join("/", parts) + (hasSlash ? "/" : "");
    }

    /**
     * A text without its escapes; null when one is broken.
     *
     * @param plusIsSpace as in a query
     */
    static @Nullable String unescaped(String text, boolean plusIsSpace) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? digit(text.charAt(i + 1)) : -1;
                int low = high < 0 ? -1 : digit(text.charAt(i + 2));
                if (low < 0) {
                    return null;
                }
                plain.append((char) ((high << 4) | low));
                i += 2;
            } else {
                plain.append(c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return plain.toString();
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** A text that has a character for each byte, as the UTF-8 that it is. */
    static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
