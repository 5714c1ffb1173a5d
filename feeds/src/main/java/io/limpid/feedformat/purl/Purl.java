package io.limpid.feedformat.purl;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A package-url in a document: {@code pkg:rpm/redhat/openssl@3.0.7-2.el9?arch=x86_64&epoch=1}.
 *
 * <p>Read by hand because a document has tens of thousands, all written by programs.
 *
 * @param type {@code rpm}, {@code oci}
 * @param namespace what stands before the name, null when nothing does
 * @param name decoded
 * @param version decoded, null when it has none
 * @param qualifiers decoded; of one that is there twice the first
 */
public record Purl(
        String type,
        @Nullable String namespace,
        String name,
        @Nullable String version,
        Map<String, String> qualifiers) {
    private static final String SCHEME = "pkg:";
    private static final int HEX = 16;
    private static final int ESCAPED = 3;

    public Purl {
        qualifiers = Map.copyOf(qualifiers);
    }

    /** Reads one; null when it is none. */
    public static @Nullable Purl parse(String text) {
        if (!text.startsWith(SCHEME)) {
            return null;
        }
        int from = SCHEME.length();
        while (from < text.length() && text.charAt(from) == '/') {
            from++;
        }
        int hash = text.indexOf('#');
        String whole = text.substring(from, hash < 0 ? text.length() : hash);
        int question = whole.indexOf('?');
        String path = question < 0 ? whole : whole.substring(0, question);
        int type = path.indexOf('/');
        int at = path.lastIndexOf('@');
        if (at <= type + 1) {
            // That of an npm scope.
            at = -1;
        }
        String names = at < 0 ? path : path.substring(0, at);
        int name = names.lastIndexOf('/');
        if (type <= 0 || name + 1 == names.length()) {
            return null;
        }
        String version = at < 0 ? "" : decoded(path.substring(at + 1));
        return new Purl(
                names.substring(0, type),
                name == type ? null : decoded(names.substring(type + 1, name)),
                decoded(names.substring(name + 1)),
                version.isEmpty() ? null : version,
                question < 0 ? Map.of() : qualifiers(whole.substring(question + 1)));
    }

    private static Map<String, String> qualifiers(String text) {
        Map<String, String> qualifiers = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && equals + 1 < pair.length()) {
                qualifiers.putIfAbsent(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return qualifiers;
    }

    /** A percent sign that no two hexadecimal digits follow stands for itself. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], HEX);
            if (low >= 0) {
                bytes[length++] = (byte) (high * HEX + low);
                i += ESCAPED - 1;
            } else {
                bytes[length++] = bytes[i];
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
