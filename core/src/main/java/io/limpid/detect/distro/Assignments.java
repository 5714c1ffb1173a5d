package io.limpid.detect.distro;

import io.limpid.detect.Lines;
import io.limpid.detect.ProblemList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of shell assignments, as os-release(5) describes them, as data: quotes and escapes are undone, nothing is
 * expanded.
 *
 * <p>One line is one assignment, and of several for a key the last counts.
 */
final class Assignments {
    private static final String ESCAPABLE_IN_QUOTES = "\"\\$`";

    private final String line;
    private final StringBuilder value = new StringBuilder();
    private int at;
    // Up to here the value is quoted or escaped, so that no blanks are trimmed.
    private int firm;

    private Assignments(String line) {
        this.line = line;
    }

    /**
     * The values of {@code keys}, as far as the file has them; what is wrong with one is a problem, and it has no
     * value.
     */
    static Map<String, String> read(byte[] content, List<String> keys, int lineBytes, ProblemList problems) {
        Map<String, String> values = new HashMap<>();
        Lines lines = new Lines(content);
        while (lines.next()) {
            String key = key(content, lines, keys);
            if (key == null) {
                continue;
            }
            values.remove(key);
            if (lines.length() > lineBytes) {
                problems.add("line " + lines.number() + " is longer than " + lineBytes + " bytes: its " + key
                        + " is not believed");
                continue;
            }
            String text = lines.text().strip();
            String value = new Assignments(text.substring(key.length() + 1)).unquoted();
            if (value == null) {
                problems.add("line " + lines.number() + " has an open quote: its " + key + " is not believed");
            } else {
                values.put(key, value);
            }
        }
        return values;
    }

    private static @Nullable String key(byte[] content, Lines lines, List<String> keys) {
        int from = lines.start();
        while (from < lines.end() && Character.isWhitespace(content[from])) {
            from++;
        }
        for (String key : keys) {
            int equals = from - lines.start() + key.length();
            if (lines.at(equals) == '=' && isKey(content, from, key)) {
                return key;
            }
        }
        return null;
    }

    private static boolean isKey(byte[] content, int from, String key) {
        for (int i = 0; i < key.length(); i++) {
            if (content[from + i] != key.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String unquoted() {
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '\'' || c == '"') {
                if (!quoted(c)) {
                    return null;
                }
            } else if (c == '\\' && at < line.length()) {
                value.append(line.charAt(at++));
                firm = value.length();
            } else if (c == '#' && at > 1 && Character.isWhitespace(line.charAt(at - 2))) {
                break;
            } else {
                value.append(c);
            }
        }
        int end = value.length();
        while (end > firm && Character.isWhitespace(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(0, end);
    }

    /** Reads up to the closing quote; false when there is none. */
    private boolean quoted(char quote) {
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == quote) {
                firm = value.length();
                return true;
            }
            boolean escapes = quote == '"' && c == '\\' && at < line.length();
            value.append(escapes && ESCAPABLE_IN_QUOTES.indexOf(line.charAt(at)) >= 0 ? line.charAt(at++) : c);
        }
        return false;
    }
}
