package io.limpid.feed.ubuntu;

import io.limpid.feed.ubuntu.BuildLine.Kind;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One text of Canonical's CVE tracker while it is read, line by line.
 *
 * <p>A line begins with a name and a colon; what belongs to it follows there or indented on the next lines. Names with an underscore are of a source
 * package in a release ({@code jammy_openssl:}) or of something about a source package ({@code Priority_openssl:}).
 */
final class TrackerText {
    private static final Pattern NAME = Pattern.compile("(?:CVE|EMB|UEM)-[A-Za-z0-9-]{1,60}");
    private static final Pattern SOURCE = Pattern.compile("[a-z0-9][a-z0-9+.-]{0,199}");
    private static final Pattern SCORE =
            Pattern.compile("([a-z][a-z0-9-]{0,30}):\\s*(CVSS:[34]\\.[0-9]/[A-Za-z:/]{1,300}|AV:[A-Za-z:/]{1,100}).*");
    private static final String PRIORITY_OF = "Priority_";
    private static final int LINKS = 100;
    private static final int ODD = 10;

    private final Map<String, Map<String, Map<Kind, TrackerRow>>> rows = new LinkedHashMap<>();
    private final TreeSet<String> bulletins = new TreeSet<>();
    private final List<String> links = new ArrayList<>();
    private final List<SeverityRating> vectors = new ArrayList<>(2);
    private final Map<String, String> priorities = new HashMap<>();
    private final StringBuilder description = new StringBuilder();
    private final StringBuilder ownDescription = new StringBuilder();
    private final List<String> odd = new ArrayList<>(0);
    private @Nullable String candidate;
    private @Nullable String published;
    private @Nullable String priority;
    private String section = "";

    private TrackerText() {}

    /** Reads a text. */
    static TrackerText of(String text) {
        TrackerText read = new TrackerText();
        int from = 0;
        while (from < text.length()) {
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline;
            read.line(text, from, to);
            from = to + 1;
        }
        return read;
    }

    private void line(String text, int from, int to) {
        if (from == to || text.charAt(from) == '#') {
            return;
        }
        char first = text.charAt(from);
        if (first == ' ' || first == '\t') {
            continued(text.substring(from, to).strip());
            return;
        }
        int colon = text.indexOf(':', from);
        if (colon < 0 || colon >= to) {
            strange("a line that says nothing", text.substring(from, to));
            return;
        }
        if (Character.isUpperCase(first) || first == '-') {
            section = text.substring(from, colon).strip();
            header(text.substring(colon + 1, to).strip());
        } else {
            section = "";
            row(text, from, colon, to);
        }
    }

    private void header(String value) {
        switch (section) {
            case "Candidate" -> candidate = value;
            case "PublicDate" -> published = UbuntuWords.date(value);
            case "Priority" -> priority = word(value);
            case "Description", "Ubuntu-Description", "References", "CVSS" -> {
                if (!value.isEmpty()) {
                    continued(value);
                }
            }
            default -> {
                if (section.startsWith(PRIORITY_OF)) {
                    priorities.put(section.substring(PRIORITY_OF.length()), word(value));
                }
            }
        }
    }

    /** Of {@code medium (heap-protector)} the first word; why it is so follows on the next lines, where somebody wrote it. */
    private static String word(String value) {
        int end = 0;
        while (end < value.length() && Character.isLetter(value.charAt(end))) {
            end++;
        }
        return value.substring(0, end);
    }

    private void continued(String text) {
        switch (section) {
            case "Description" -> append(description, text);
            case "Ubuntu-Description" -> append(ownDescription, text);
            case "References" -> link(text);
            case "CVSS" -> {
                Matcher score = SCORE.matcher(text);
                if (score.matches()) {
                    vectors.add(new SeverityRating(score.group(1), Severity.UNKNOWN, null, score.group(2)));
                }
            }
            default -> {}
        }
    }

    private static void append(StringBuilder to, String text) {
        to.append(to.isEmpty() || text.isEmpty() ? "" : " ").append(text);
    }

    private void link(String link) {
        String bulletin = UbuntuWords.bulletin(link);
        if (bulletin != null) {
            bulletins.add(bulletin);
        } else if (UbuntuWords.isLink(link) && links.size() < LINKS) {
            links.add(link);
        }
    }

    private void row(String text, int from, int colon, int to) {
        int underscore = text.indexOf('_', from);
        if (underscore < 0 || underscore >= colon) {
            strange("a line of no known kind", text.substring(from, to));
            return;
        }
        if (isAbsent(text, colon + 1, to)) {
            // As most rows say.
            return;
        }
        BuildLine line = BuildLine.of(text.substring(from, underscore));
        if (line == null) {
            return;
        }
        String source = text.substring(underscore + 1, colon).strip();
        TrackerRow row = TrackerRow.of(text.substring(colon + 1, to).strip());
        if (row == null || !SOURCE.matcher(source).matches()) {
            strange("a row that makes no sense", text.substring(from, to));
            return;
        }
        rows.computeIfAbsent(source, _ -> new TreeMap<>())
                .computeIfAbsent(line.release(), _ -> new EnumMap<>(Kind.class))
                .merge(line.kind(), row, (one, other) -> Standing.merged(line.kind(), one, other));
    }

    /** Whether the release has no such package; that another line of builds for it has none says nothing of those that have. */
    private static boolean isAbsent(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == ' ') {
            at++;
        }
        return text.startsWith("DNE", at) && at + "DNE".length() <= to;
    }

    private void strange(String what, String line) {
        if (odd.size() < ODD) {
            odd.add(what + ": " + line);
        }
    }

    /** The vulnerability's name, null when the text has none. */
    @Nullable
    String id() {
        return candidate != null && NAME.matcher(candidate).matches() ? candidate : null;
    }

    /** By source package and release what is said of its lines of builds; without those that a release does not have. */
    Map<String, Map<String, Map<Kind, TrackerRow>>> rows() {
        return rows;
    }

    /** Lines that make no sense, the first of them. */
    List<String> odd() {
        return odd;
    }

    List<String> bulletins() {
        return List.copyOf(bulletins);
    }

    List<String> links() {
        return List.copyOf(links);
    }

    @Nullable
    String published() {
        return published;
    }

    /** What it is, for people, null when nobody says; the publisher of its name says it before Canonical does. */
    @Nullable
    String description() {
        StringBuilder said = description.toString().isBlank() ? ownDescription : description;
        return said.toString().isBlank() ? null : said.toString().strip();
    }

    /** How bad it is in a source package: what is said of just that one in a release, of that one, or of all. */
    List<SeverityRating> severities(String source, String codename) {
        String word = priorities.getOrDefault(
                source + "_" + codename, priorities.getOrDefault(source, priority == null ? "" : priority));
        List<SeverityRating> severities = new ArrayList<>(1 + vectors.size());
        severities.add(new SeverityRating(
                UbuntuFeed.ID, UbuntuWords.severity(word), word.isEmpty() ? null : word, /* vector= */ null));
        severities.addAll(vectors);
        return List.copyOf(severities);
    }
}
