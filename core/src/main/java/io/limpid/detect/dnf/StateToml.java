package io.limpid.detect.dnf;

import io.limpid.detect.Lines;
import io.limpid.detect.ProblemList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of TOML that dnf5 writes: a table of entries, each a table of strings, inline or under a heading of its own; other values are passed
 * over.
 */
final class StateToml {
    private final String table;
    private final Map<String, Map<String, String>> entries = new LinkedHashMap<>();
    private List<String> heading = List.of();
    private String line = "";
    private int at;

    private StateToml(String table) {
        this.table = table;
    }

    /** A line that is not of the form. */
    private static final class FormException extends Exception {
        private static final long serialVersionUID = 1L;

        FormException(String what) {
            super(what, null, false, false);
        }
    }

    /** The entries of a table by their names; a line that is none is a problem. */
    static Map<String, Map<String, String>> entries(byte[] content, String table, int lineBytes, ProblemList problems) {
        StateToml reading = new StateToml(table);
        Lines lines = new Lines(content);
        StringBuilder whole = new StringBuilder();
        int first = 0;
        int depth = 0;
        while (lines.next()) {
            first = depth == 0 ? lines.number() : first;
            if (whole.length() + lines.length() > lineBytes) {
                problems.add("line " + first + " is longer than " + lineBytes + " bytes (limit line-bytes)");
                whole.setLength(0);
                depth = 0;
                continue;
            }
            depth = Math.max(0, depth + append(lines.text(), whole));
            if (depth == 0) {
                reading.take(whole.toString().strip(), first, problems);
                whole.setLength(0);
            }
        }
        if (depth > 0) {
            problems.add("line " + first + " ends with an open bracket");
        }
        return reading.entries;
    }

    /** Adds a line without its comment; how many brackets more it opens than it closes, whose values then go on in the next line. */
    private static int append(String text, StringBuilder whole) {
        int depth = 0;
        char quote = 0;
        int end = 0;
        while (end < text.length() && (quote != 0 || text.charAt(end) != '#')) {
            char c = text.charAt(end);
            if (quote != 0) {
                end += quote == '"' && c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else {
                depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            }
            end++;
        }
        whole.append(text, 0, Math.min(end, text.length())).append(' ');
        return depth;
    }

    private void take(String text, int number, ProblemList problems) {
        if (text.isEmpty()) {
            return;
        }
        line = text;
        at = 0;
        try {
            if (skipped('[')) {
                heading = heading();
            } else {
                String key = key();
                require('=');
                member(key);
            }
        } catch (FormException e) {
            problems.add("line " + number + " is not of the form that dnf5 writes: " + e.getMessage());
        }
    }

    private List<String> heading() throws FormException {
        List<String> path = new ArrayList<>();
        do {
            path.add(key());
        } while (skipped('.'));
        require(']');
        return path;
    }

    private void member(String key) throws FormException {
        boolean inTable = heading.equals(List.of(table));
        if (inTable && skipped('{')) {
            entries.put(key, inline());
            return;
        }
        String text = value();
        if (text != null && heading.size() == 2 && heading.getFirst().equals(table)) {
            entries.computeIfAbsent(heading.getLast(), _ -> new HashMap<>()).put(key, text);
        }
    }

    private Map<String, String> inline() throws FormException {
        Map<String, String> values = new HashMap<>();
        while (!skipped('}')) {
            String key = key();
            require('=');
            String value = value();
            if (value != null) {
                values.put(key, value);
            }
            if (!skipped(',')) {
                require('}');
                break;
            }
        }
        return values;
    }

    private String key() throws FormException {
        blanks();
        if (at < line.length() && (line.charAt(at) == '"' || line.charAt(at) == '\'')) {
            return text();
        }
        int from = at;
        while (at < line.length() && isBare(line.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw new FormException("a name is missing");
        }
        return line.substring(from, at);
    }

    private static boolean isBare(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }

    /** The text that a value is, null when it is something else. */
    private @Nullable String value() throws FormException {
        blanks();
        if (at >= line.length()) {
            throw new FormException("a value is missing");
        }
        char c = line.charAt(at);
        if (c == '"' || c == '\'') {
            return text();
        }
        int depth = 0;
        while (at < line.length()) {
            c = line.charAt(at);
            if (depth == 0 && (c == ',' || c == '}')) {
                break;
            }
            if (c == '"' || c == '\'') {
                text();
                continue;
            }
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            at++;
        }
        return null;
    }

    private String text() throws FormException {
        char quote = line.charAt(at++);
        StringBuilder text = new StringBuilder();
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == quote) {
                return text.toString();
            }
            boolean escaped = quote == '"' && c == '\\' && at < line.length();
            text.append(escaped ? line.charAt(at++) : c);
        }
        throw new FormException("a quote is open");
    }

    private boolean skipped(char c) {
        blanks();
        boolean there = at < line.length() && line.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void require(char c) throws FormException {
        if (!skipped(c)) {
            throw new FormException("there is no " + c);
        }
    }

    private void blanks() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }
}
