package io.limpid.feed.photon;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.PartReading;
import io.limpid.format.json.JsonStream;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.FixState;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of vulnerabilities of a release: for each package the version that is without it.
 *
 * <p>It has source packages and, beside each, some of the packages that are built of it, in one row.
 */
final class ListReader {
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9+._-]{0,199}");
    private static final Pattern CVE = Pattern.compile("CVE-[0-9]{4}-[0-9]{4,12}");
    /** {@code BDSA-2025-13833}, {@code UNK-1}: what has no number of its own yet. */
    private static final Pattern OTHER = Pattern.compile("(?!CVE-)[A-Z][A-Za-z0-9]*-[A-Za-z0-9-]{1,60}");

    private static final String NONE = "NA";
    private static final String NEVER = "Not Affected";
    private static final int CHARACTERS = 200;

    private final String namespace;
    private final String document;
    private final PartReading reading;

    ListReader(String namespace, String document, PartReading reading) {
        this.namespace = namespace;
        this.document = document;
        this.reading = reading;
    }

    /** A row while it is read. */
    private static final class Row {
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String fixed;
        private @Nullable String status;
        private @Nullable String score;
    }

    void read(FeedDocuments documents) throws IOException {
        FeedJson.read(documents, document, json -> json.array(() -> row(json)));
        if (reading.seen() == 0) {
            throw new FeedException(document, null, "it lists no vulnerability");
        }
    }

    private void row(JsonStream json) throws IOException {
        Row row = new Row();
        if (json.isObject()) {
            json.object(member -> {
                switch (member) {
                    case "cve_id" -> row.id = word(json);
                    case "pkg" -> row.name = word(json);
                    case "res_ver" -> row.fixed = word(json);
                    case "status" -> row.status = word(json);
                    case "cve_score" -> row.score = word(json);
                    default -> {}
                }
            });
        }
        String id = row.id == null ? "" : row.id;
        String name = row.name == null ? "" : row.name;
        String wrong = wrong(id, name, row);
        if (wrong != null) {
            reading.skip((name + " " + id).strip(), wrong);
        } else {
            reading.record(document, List.of(advisory(id, name, row)));
        }
    }

    private static @Nullable String word(JsonStream json) throws IOException {
        String text = json.scalarOrNull();
        return text == null ? null : text.strip();
    }

    private static @Nullable String wrong(String id, String name, Row row) {
        if (!CVE.matcher(id).matches() && !OTHER.matcher(id).matches()) {
            return "not a vulnerability's name: " + id;
        }
        if (!PACKAGE.matcher(name).matches()) {
            return "not a package's name: " + name;
        }
        String fixed = row.fixed;
        if (fixed == null && NEVER.equals(row.status)) {
            return null;
        }
        // Whatever its status is called: a package is without it from this version on, or never.
        boolean isVersion = fixed != null && fixed.length() <= CHARACTERS && fixed.matches("[\\x21-\\x7e]+");
        return isVersion ? null : "not a version: " + fixed;
    }

    private Advisory advisory(String id, String name, Row row) {
        String fixed = NONE.equals(row.fixed) ? null : row.fixed;
        boolean never = NEVER.equals(row.status);
        FixState state = never ? FixState.NOT_AFFECTED : fixed == null ? FixState.AFFECTED : FixState.FIXED;
        return new Advisory(
                id,
                List.of(),
                PhotonFeed.ID,
                AdvisorySubject.of(namespace, name, Kind.EITHER, Kind.BINARY),
                state,
                never ? List.of() : List.of(fixed == null ? VersionRange.ALL : VersionRange.before(fixed)),
                never ? null : fixed,
                row.score == null ? List.of() : List.of(rating(row.score)),
                null,
                null,
                CVE.matcher(id).matches() ? "https://nvd.nist.gov/vuln/detail/" + id : null,
                List.of(),
                null,
                null);
    }

    /** The list has the base score of CVSS without its vector. */
    private static SeverityRating rating(String score) {
        double value;
        try {
            value = Double.parseDouble(score);
        } catch (NumberFormatException e) {
            value = 0;
        }
        Severity severity = Severity.UNKNOWN;
        if (value >= 9) {
            severity = Severity.CRITICAL;
        } else if (value >= 7) {
            severity = Severity.HIGH;
        } else if (value >= 4) {
            severity = Severity.MEDIUM;
        } else if (value > 0) {
            severity = Severity.LOW;
        }
        return new SeverityRating(PhotonFeed.ID, severity, score, null);
    }
}
