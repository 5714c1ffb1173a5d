package io.limpid.feed.redhat;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.format.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Red Hat lists beside its documents: the archive of all, and which have changed or gone since, {@code
 * "2024/cve-2024-1597.json","2026-08-04T17:40:45+00:00"} a line.
 *
 * @param archive the archive's name: {@code csaf_vex_2025-02-18.tar.zst}, {@code vex-archive.tar.zst}
 * @param day the day that it is called after; null when it is called after none, and nobody knows what is newer
 * @param changed the documents that are newer than the archive may have them, with the time of their change
 * @param gone those that there were and are no more
 * @param newest the time of the newest change, null when there is none or nobody knows whether the archive has it
 * @param odd the lines that make no sense
 */
record VexChanges(
        String archive,
        @Nullable String day,
        Map<String, String> changed,
        Set<String> gone,
        @Nullable String newest,
        List<Odd> odd) {
    static final String LATEST = "archive_latest.txt";
    static final String CHANGES = "changes.csv";
    static final String DELETIONS = "deletions.csv";

    private static final int LATEST_BYTES = 1000;
    private static final int LINE_CHARACTERS = 1000;
    /** How many documents there are of all vulnerabilities, some years ahead. */
    private static final int LINES = 1_000_000;

    private static final int SHOWN = 200;
    private static final int FEW = 10;
    /** One of so many lines may make no sense. */
    private static final int PARTS = 5;

    private static final Pattern ARCHIVE =
            Pattern.compile("(?:csaf_vex|vex-archive)(?:[_-](\\d{4}-\\d{2}-\\d{2}))?\\.tar\\.zst");
    /** A path goes into a URL: it has this form, or it is none. */
    static final Pattern PATH = Pattern.compile("(\\d{4})/cve-\\1-\\d{4,9}\\.json");

    private static final Pattern LINE =
            Pattern.compile("\"?([^\",]*)\"?,\"?(\\d{4}-\\d{2}-\\d{2}T[0-9:.]*(Z|[+-]\\d{2}:\\d{2}))\"?");

    private static final Set<String> UTC = Set.of("Z", "+00:00");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    /**
     * A line that makes no sense.
     *
     * @param place which one
     */
    record Odd(String place, String what) {}

    /** Reads the lists. */
    static VexChanges read(FeedDocuments documents) throws IOException {
        String archive = archive(documents);
        Matcher dated = ARCHIVE.matcher(archive);
        if (!dated.matches()) {
            throw new FeedException(LATEST, null, "it names no archive of VEX documents: " + archive);
        }
        List<Odd> odd = new ArrayList<>();
        Map<String, String> changed = lines(documents, CHANGES, odd);
        Map<String, String> deleted = lines(documents, DELETIONS, odd);
        // What has changed after its end has come back.
        deleted.entrySet().removeIf(end -> {
            String change = changed.get(end.getKey());
            return change != null && change.compareTo(end.getValue()) > 0;
        });
        String day = dated.group(1);
        String newest = day == null
                ? null
                : changed.values().stream().max(String::compareTo).orElse(null);
        // The day that an archive is called after is not over when it is made: what changed on it is fetched again.
        changed.values().removeIf(time -> day == null || time.compareTo(day) < 0);
        return new VexChanges(archive, day, changed, deleted.keySet(), newest, odd);
    }

    private static String archive(FeedDocuments documents) throws IOException {
        try (InputStream in = documents.open(LATEST)) {
            return in == null ? "" : new String(in.readNBytes(LATEST_BYTES), StandardCharsets.UTF_8).strip();
        }
    }

    private static Map<String, String> lines(FeedDocuments documents, String name, List<Odd> odd) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        List<Odd> own = new ArrayList<>();
        try (InputStream in = documents.open(name)) {
            if (in == null) {
                return lines;
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            StringBuilder line = new StringBuilder();
            int number = 1;
            for (int one = reader.read(); one >= 0; one = reader.read()) {
                if (one == '\n') {
                    add(lines, own, name, number++, line);
                } else if (line.length() <= LINE_CHARACTERS) {
                    line.append((char) one);
                }
            }
            add(lines, own, name, number, line);
        }
        if (own.size() > lines.size() || (own.size() > FEW && own.size() > lines.size() / PARTS)) {
            Odd first = own.getFirst();
            throw new FeedException(first.place, null, first.what);
        }
        odd.addAll(own);
        return lines;
    }

    private static void add(Map<String, String> lines, List<Odd> odd, String name, int number, StringBuilder line)
            throws FeedException {
        String text = line.toString().strip();
        line.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        Matcher parts = LINE.matcher(text);
        String time = parts.matches() ? time(parts.group(2), parts.group(3)) : null;
        if (time != null && PATH.matcher(parts.group(1)).matches()) {
            lines.putIfAbsent(parts.group(1), time);
        } else {
            odd.add(new Odd(name + ", line " + number, "no path and time: " + Printable.excerpt(text, SHOWN)));
        }
        if (lines.size() > LINES || odd.size() > LINES / PARTS) {
            throw new FeedException(name, null, "more than " + LINES + " lines");
        }
    }

    /** A time as most are written, so that they compare as texts; null when it is none. */
    private static @Nullable String time(String text, String offset) {
        if (UTC.contains(offset)) {
            return text;
        }
        try {
            return TIME.format(OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return null;
        }
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
        return gone.contains(path);
    }
}
