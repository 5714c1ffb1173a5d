package io.limpid.feed.debian;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Debian's lists of bulletins ("DSA", and "DLA" of its long-term support): which vulnerabilities a bulletin is about, and in which version of which
 * source package of which release they were fixed.
 *
 * <pre>
 * [27 Mar 2023] DSA-5379-1 dino-im - security update
 *     {CVE-2023-28686}
 *     [bullseye] - dino-im 0.2.0-3+deb11u1
 * </pre>
 *
 * <p>A list goes back to the first bulletin that it ever had; one that does not was cut off.
 */
final class Bulletins {
    private static final Pattern HEADING =
            Pattern.compile("\\[([^\\]]{1,40})\\]\\s+(D[A-Z]{1,4}A-[0-9]{1,6}(?:-[0-9]{1,3})?)(?:\\s.*)?");
    private static final Pattern VULNERABILITIES = Pattern.compile("\\s+\\{([A-Za-z0-9\\s-]*)\\}\\s*");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern STATEMENT = Pattern.compile(
            "\\s+(?:\\[([a-z][a-z0-9-]{0,40})\\]\\s*)?-\\s+([A-Za-z0-9][A-Za-z0-9+._-]{0,199})\\s+(\\S{1,200})(?:\\s+\\((.{0,1000})\\))?\\s*");
    private static final Pattern REMARK = Pattern.compile("\\s+(?:NOTE|TODO)\\b.*");
    private static final Pattern ID = Pattern.compile("[A-Z][A-Za-z0-9]*-[A-Za-z0-9-]{1,60}");
    /** What is held until the tracker was read. */
    private static final int MOST = 1_000_000;

    private static final int LINE_CHARACTERS = 1 << 16;
    private static final int BYTES = 1 << 26;
    private static final String UNQUALIFIED = "sid";

    private record Key(String source, String id, String codename) {}

    private final Map<Key, List<BulletinFix>> fixes = new LinkedHashMap<>();
    private final PartReading reading;
    private int count;

    Bulletins(PartReading reading) {
        this.reading = reading;
    }

    /**
     * Reads a list.
     *
     * @param name the document's name
     * @param first the bulletin that the list goes back to
     */
    void read(FeedDocuments documents, String name, String first) throws IOException {
        try (InputStream in = documents.open(name)) {
            if (in == null) {
                return;
            }
            long most = Math.min(BYTES, documents.limits().feedPlainBytes());
            byte[] bytes = in.readNBytes((int) most + 1);
            if (bytes.length > most) {
                throw new FeedException(name, null, "it has more than " + most + " bytes");
            }
            if (bytes.length == 0) {
                throw new FeedException(name, null, "it is empty");
            }
            new ListReader(name, first)
                    .read(new BufferedReader(
                            new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)));
            if (bytes[bytes.length - 1] != '\n') {
                throw new FeedException(name, null, "it ends in the middle of a line; it was cut off");
            }
        }
    }

    /** What bulletins say of a vulnerability in a source package of a release, the newest first; they are forgotten. */
    List<BulletinFix> take(String source, String id, String codename) {
        List<BulletinFix> known = fixes.remove(new Key(source, id, codename));
        return known == null ? List.of() : known;
    }

    /** What is done with what nobody took. */
    @FunctionalInterface
    interface Rest {
        void take(String source, String id, String codename, BulletinFix fix) throws FeedException;
    }

    void rest(Rest rest) throws FeedException {
        for (Map.Entry<Key, List<BulletinFix>> entry : fixes.entrySet()) {
            Key key = entry.getKey();
            for (BulletinFix fix : entry.getValue()) {
                rest.take(key.source, key.id, key.codename, fix);
            }
        }
    }

    /** A list while it is read. */
    private final class ListReader {
        private final String document;
        private final String first;
        private int line;
        private boolean complete;
        private @Nullable String bulletin;
        private @Nullable String date;
        private List<String> ids = List.of();

        ListReader(String document, String first) {
            this.document = document;
            this.first = first;
        }

        void read(BufferedReader lines) throws IOException {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (!text.isBlank()) {
                    line(text);
                }
            }
            if (bulletin == null) {
                throw new FeedException(document, null, "it lists no bulletin");
            }
            if (!complete) {
                throw new FeedException(document, null, "it does not go back to " + first + "; it was cut off");
            }
        }

        private void line(String text) throws FeedException {
            Matcher heading = HEADING.matcher(text);
            if (text.length() <= LINE_CHARACTERS && heading.matches()) {
                bulletin = heading.group(2);
                date = BulletinFix.day(heading.group(1));
                ids = List.of();
                complete |= bulletin.equals(first);
                return;
            }
            if (bulletin == null) {
                throw new FeedException(document, "line " + line, "no list of bulletins begins so");
            }
            Matcher vulnerabilities = VULNERABILITIES.matcher(text);
            Matcher statement = STATEMENT.matcher(text);
            if (text.length() > LINE_CHARACTERS) {
                reading.skip(place(), "a line of " + text.length() + " characters");
            } else if (vulnerabilities.matches()) {
                name(SPACES.splitAsStream(vulnerabilities.group(1).strip()).toList());
            } else if (statement.matches()) {
                statement(statement);
            } else if (!REMARK.matcher(text).matches()) {
                reading.skip(place(), "a line that is not understood: " + text.strip());
            }
        }

        private void name(Collection<String> words) {
            List<String> named = new ArrayList<>(ids);
            for (String word : words) {
                if (ID.matcher(word).matches()) {
                    named.add(word);
                } else if (!word.isEmpty()) {
                    reading.skip(place(), "no name of a vulnerability: " + word);
                }
            }
            ids = named;
        }

        private void statement(Matcher statement) throws FeedException {
            String codename = statement.group(1) == null ? UNQUALIFIED : statement.group(1);
            String what = statement.group(3);
            BulletinFix fix = BulletinFix.of(String.valueOf(bulletin), date, what, statement.group(4));
            if (fix == null) {
                reading.skip(place(), "a word that is not known: " + what);
                return;
            }
            for (String id : ids.isEmpty() ? List.of(String.valueOf(bulletin)) : ids) {
                if (++count > MOST) {
                    throw new FeedException(document, null, "more than " + MOST + " fixes");
                }
                fixes.computeIfAbsent(new Key(statement.group(2), id, codename), _ -> new ArrayList<>(1))
                        .add(fix);
            }
        }

        private String place() {
            return document + " line " + line + " (" + bulletin + ")";
        }
    }
}
