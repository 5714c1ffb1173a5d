package io.limpid.feed.redhat;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Red Hat lists beside its documents: the archive of all, and which have changed or gone since, {@code
 * "2024/cve-2024-1597.json","2026-08-04T17:40:45+00:00"} a line.
 *
 * @param archive the archive's name: {@code csaf_vex_2025-02-18.tar.zst}
 * @param changed the documents that are newer than the archive may have them, with the time of their change
 * @param deleted those that there were, with the time of their end
 * @param newest the time of the newest change, null when there is none
 */
record VexChanges(
        String archive,
        Map<String, String> changed,
        Map<String, String> deleted,
        @Nullable String newest) {
    static final String LATEST = "archive_latest.txt";
    static final String CHANGES = "changes.csv";
    static final String DELETIONS = "deletions.csv";

    private static final int LATEST_BYTES = 1000;
    private static final int LINE_CHARACTERS = 1000;
    /** How many documents there are of all vulnerabilities, some years ahead. */
    private static final int LINES = 1_000_000;

    private static final Pattern ARCHIVE = Pattern.compile("csaf_vex_(\\d{4}-\\d{2}-\\d{2})\\.tar\\.zst");
    /** A path goes into a URL: it has this form, or it is none. */
    static final Pattern PATH = Pattern.compile("(\\d{4})/cve-\\1-\\d{4,9}\\.json");

    private static final Pattern LINE =
            Pattern.compile("\"?([^\",]*)\"?,\"?(\\d{4}-\\d{2}-\\d{2}T[0-9:.]*(?:Z|\\+00:00))\"?");

    /** Reads the lists. */
    static VexChanges read(FeedDocuments documents) throws IOException {
        String archive = archive(documents);
        Matcher dated = ARCHIVE.matcher(archive);
        if (!dated.matches()) {
            throw new FeedException(LATEST, null, "it names no archive of VEX documents: " + archive);
        }
        Map<String, String> changed = lines(documents, CHANGES);
        String newest = changed.values().stream().max(String::compareTo).orElse(null);
        // The day that an archive is called after is not over when it is made: what changed on it is fetched again.
        changed.values().removeIf(time -> time.compareTo(dated.group(1)) < 0);
        return new VexChanges(archive, changed, lines(documents, DELETIONS), newest);
    }

    private static String archive(FeedDocuments documents) throws IOException {
        try (InputStream in = documents.open(LATEST)) {
            return in == null ? "" : new String(in.readNBytes(LATEST_BYTES), StandardCharsets.UTF_8).strip();
        }
    }

    private static Map<String, String> lines(FeedDocuments documents, String name) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        try (InputStream in = documents.open(name)) {
            if (in == null) {
                return lines;
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            StringBuilder line = new StringBuilder();
            int number = 1;
            for (int one = reader.read(); one >= 0; one = reader.read()) {
                if (one == '\n') {
                    add(lines, name, number++, line);
                } else if (line.length() == LINE_CHARACTERS) {
                    throw new FeedException(name, "line " + number, "more than " + LINE_CHARACTERS + " characters");
                } else {
                    line.append((char) one);
                }
            }
            add(lines, name, number, line);
        }
        return lines;
    }

    private static void add(Map<String, String> lines, String name, int number, StringBuilder line)
            throws FeedException {
        String text = line.toString().strip();
        line.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        Matcher parts = LINE.matcher(text);
        if (!parts.matches()) {
            throw new FeedException(name, "line " + number, "no path and time: " + text);
        }
        if (PATH.matcher(parts.group(1)).matches()) {
            lines.putIfAbsent(parts.group(1), parts.group(2));
        }
        if (lines.size() > LINES) {
            throw new FeedException(name, null, "more than " + LINES + " lines");
        }
    }

    /** The day that the archive is called after. */
    String day() {
        Matcher dated = ARCHIVE.matcher(archive);
        return dated.matches() ? dated.group(1) : "";
    }

    /** What a document is called among those of the part: the last part of its path, which is of one year only. */
    static String name(String path) {
        return path.substring(path.indexOf('/') + 1);
    }

    /** The path of a document, however an archive writes it; null when it is none. */
    static @Nullable String path(String member) {
        int name = member.lastIndexOf('/');
        int year = name < 0 ? -1 : member.lastIndexOf('/', name - 1);
        String path = member.substring(year + 1);
        return PATH.matcher(path).matches() ? path : null;
    }

    /** Whether a document of the archive is no more, and has not come back. */
    boolean isGone(String path) {
        String end = deleted.get(path);
        String change = changed.get(path);
        return end != null && (change == null || change.compareTo(end) <= 0);
    }
}
