package io.limpid.snapshot;

import io.limpid.cvss.CvssVector;
import io.limpid.model.Advisory;
import io.limpid.model.FeedRecord;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores the CVSS vectors of records when they are written, so that no scan has to.
 *
 * <p>A score that the source itself gives stays, and so does its word. Of one thread at a time.
 */
final class Scoring {
    private static final int KEPT = 4096;

    private final Map<String, Vector> known = new LinkedHashMap<>(16, 0.75f, true);

    /** What was found out of a text: whether it is a vector. */
    private record Vector(
            @Nullable CvssVector read, @Nullable Double score) {}

    /** The same with what its vectors score. */
    FeedRecord scored(FeedRecord told) {
        return switch (told) {
            case Advisory advisory ->
                lacksScore(advisory.severities()) ? advisory.withSeverities(scored(advisory.severities())) : advisory;
            case VulnerabilityDetails details ->
                lacksScore(details.ratings()) ? details.withRatings(scored(details.ratings())) : details;
            case RepositoryProducts products -> products;
        };
    }

    private static boolean lacksScore(List<SeverityRating> ratings) {
        for (SeverityRating rating : ratings) {
            if (rating.vector() != null && rating.score() == null) {
                return true;
            }
        }
        return false;
    }

    private List<SeverityRating> scored(List<SeverityRating> ratings) {
        List<SeverityRating> scored = new ArrayList<>(ratings.size());
        for (SeverityRating rating : ratings) {
            scored.add(scored(rating));
        }
        return scored;
    }

    private SeverityRating scored(SeverityRating rating) {
        String text = rating.vector();
        if (text == null || rating.score() != null) {
            return rating;
        }
        Vector vector = known.get(text);
        if (vector == null) {
            CvssVector read = CvssVector.of(text);
            vector = new Vector(
                    read, read == null ? null : Double.valueOf(read.scores().base()));
            known.put(text, vector);
            if (known.size() > KEPT) {
                var eldest = known.entrySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
        if (vector.read() == null || vector.score() == null) {
            return rating;
        }
        Severity severity = rating.severity() == Severity.UNKNOWN && rating.word() == null
                ? CvssVector.severity(vector.read().version(), vector.score())
                : rating.severity();
        return new SeverityRating(rating.source(), severity, rating.word(), text, vector.score());
    }
}
