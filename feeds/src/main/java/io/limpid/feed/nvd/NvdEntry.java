package io.limpid.feed.nvd;

import io.limpid.cvss.CvssVector;
import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.feed.VulnerabilityIds;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A vulnerability of the database as far as it has been read, whatever form the document has. */
final class NvdEntry {
    private static final String PAGE = "https://nvd.nist.gov/vuln/detail/";
    private static final String REJECTED = "Rejected";
    /** How descriptions of rejected ones begin in the forms that have no status. */
    private static final Pattern REJECTION =
            Pattern.compile("\\s*(?:\\*\\* REJECT \\*\\*|Rejected reason:).*", Pattern.DOTALL);

    private static final Pattern WEAKNESS = Pattern.compile("CWE-\\d{1,6}");
    private static final Pattern LINK = Pattern.compile("https?://[!-~]{1,2000}");
    /** As the database writes moments, mostly without their zone, which is UTC. */
    private static final Pattern MOMENT =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)(Z|[+-]\\d{2}:?\\d{2})?");

    private static final int MOST_RATINGS = 50;
    private static final int MOST_WEAKNESSES = 100;
    private static final int MOST_LINKS = 200;

    private @Nullable String id;
    private @Nullable String status;
    private @Nullable String description;
    private @Nullable String published;
    private @Nullable String modified;
    /** Those of the database's own analysts or of whom they take for as good, then the others. */
    private final List<SeverityRating> primary = new ArrayList<>();

    private final List<SeverityRating> secondary = new ArrayList<>();
    private final Set<String> weaknesses = new LinkedHashSet<>();
    private final Set<String> links = new LinkedHashSet<>();

    void id(@Nullable String text) {
        id = text == null ? null : text.strip();
    }

    void status(@Nullable String text) {
        status = text;
    }

    void description(@Nullable String text) {
        if (description == null && text != null && !text.isBlank()) {
            description = text.strip();
        }
    }

    void published(@Nullable String text) {
        published = moment(text);
    }

    void modified(@Nullable String text) {
        modified = moment(text);
    }

    /** A moment with its zone; null when it is none. */
    static @Nullable String moment(@Nullable String text) {
        var found = MOMENT.matcher(text == null ? "" : text);
        return found.matches() ? found.group(1) + (found.group(2) == null ? "Z" : found.group(2)) : null;
    }

    void weakness(@Nullable String text) {
        if (text != null && WEAKNESS.matcher(text).matches() && weaknesses.size() < MOST_WEAKNESSES) {
            weaknesses.add(text);
        }
    }

    void link(@Nullable String text) {
        if (text != null && LINK.matcher(text).matches() && links.size() < MOST_LINKS) {
            links.add(text);
        }
    }

    void rating(boolean first, SeverityRating rating) {
        if (primary.size() + secondary.size() < MOST_RATINGS) {
            (first ? primary : secondary).add(rating);
        }
    }

    /**
     * A rating with what of it makes sense.
     *
     * @param word the source's own word, null when it has none
     * @param baseScore the score as it is published, null when there is none
     */
    static @Nullable SeverityRating rated(
            String source, @Nullable String word, @Nullable String vector, @Nullable String baseScore) {
        CvssVector read = vector == null ? null : CvssVector.of(vector);
        Double score = score(baseScore);
        if (score == null && read != null) {
            score = read.scores().base();
        }
        if (score == null && word == null) {
            return null;
        }
        CvssVector.Version version = read == null ? CvssVector.Version.V2 : read.version();
        Severity severity = severity(word);
        if (severity == Severity.UNKNOWN && score != null) {
            severity = CvssVector.severity(version, score);
        }
        return new SeverityRating(source, severity, word, vector, score);
    }

    private static @Nullable Double score(@Nullable String text) {
        if (text == null || !text.matches("\\d{1,2}(?:\\.\\d{1,6})?")) {
            return null;
        }
        double score = Math.round(Double.parseDouble(text) * 10) / 10.0;
        return score <= 10 ? Double.valueOf(score) : null;
    }

    private static Severity severity(@Nullable String word) {
        return switch (word == null ? "" : word.toUpperCase(Locale.ROOT)) {
            case "CRITICAL" -> Severity.CRITICAL;
            case "HIGH" -> Severity.HIGH;
            case "MEDIUM" -> Severity.MEDIUM;
            case "LOW" -> Severity.LOW;
            case "NONE" -> Severity.NEGLIGIBLE;
            default -> Severity.UNKNOWN;
        };
    }

    /** Hands on what was read. */
    void tell(String document, PartReading reading) throws FeedException {
        if (id == null || !VulnerabilityIds.isOne(id)) {
            reading.skip("entry " + (reading.seen() + 1), "not a vulnerability's name: " + id);
        } else if (isRejected()) {
            reading.record(document, List.of());
        } else {
            List<SeverityRating> ratings = new ArrayList<>(primary);
            ratings.addAll(secondary);
            reading.record(
                    document,
                    List.of(new VulnerabilityDetails(
                            id,
                            NvdFeed.ID,
                            ratings,
                            null,
                            null,
                            List.copyOf(weaknesses),
                            description,
                            PAGE + id,
                            List.copyOf(links),
                            published,
                            modified)));
        }
    }

    private boolean isRejected() {
        return status == null
                ? description != null && REJECTION.matcher(description).matches()
                : REJECTED.equals(status);
    }
}
