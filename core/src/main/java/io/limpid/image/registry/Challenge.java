package io.limpid.image.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server wants to be shown (RFC 9110, 11.6.1): {@code Bearer realm="https://auth.example/token",service="example"}.
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case; of several of a name the first
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final int MOST = 16;
    private static final String MARKS = "!#$%&'*+-.^_`|~";

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    /** The challenges of all {@code WWW-Authenticate} fields; what cannot be read ends its field. */
    static List<Challenge> parse(List<String> fields) {
        List<Challenge> challenges = new ArrayList<>();
        for (String field : fields) {
            new Reader(field).read(challenges);
        }
        return challenges;
    }

    /** Reads one field from left to right. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void read(List<Challenge> challenges) {
            skip(" \t,");
            String scheme = token();
            while (!scheme.isEmpty() && challenges.size() < MOST) {
                Map<String, String> parameters = new LinkedHashMap<>();
                String next = "";
                while (next.isEmpty()) {
                    skip(" \t,");
                    String word = token();
                    if (word.isEmpty()) {
                        break;
                    }
                    next = isParameter() ? "" : word;
                    if (next.isEmpty()) {
                        parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value());
                    }
                }
                challenges.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters));
                scheme = next;
            }
        }

        private boolean isParameter() {
            int before = at;
            skip(" \t");
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                skip(" \t");
                return true;
            }
            at = before;
            return false;
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                return token();
            }
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            at = Math.min(at + 1, text.length());
            return value.toString();
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private String token() {
            int begin = at;
            while (at < text.length() && isOfToken(text.charAt(at))) {
                at++;
            }
            return text.substring(begin, at);
        }

        private static boolean isOfToken(char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || MARKS.indexOf(c) >= 0;
        }
    }
}
