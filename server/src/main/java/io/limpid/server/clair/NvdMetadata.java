package io.limpid.server.clair;

import io.limpid.cvss.CvssVector;
import io.limpid.format.Printable;
import io.limpid.model.ClairSeverity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Clair keeps of NVD beside a vulnerability: {@code {"NVD":{"CVSSv2":{...},"CVSSv3":{...}}}}, and what it makes of a score. */
public final class NvdMetadata {
    private static final String NVD = "nvd";
    /** Clair's moments have no seconds: the form of the feed that it read. */
    private static final Pattern MINUTE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*Z");

    private static final int MINUTE_LENGTH = 16;

    private NvdMetadata() {}

    /**
     * The metadata as a JSON object.
     *
     * @return null where the database gives no vector of version 2 or 3
     */
    public static @Nullable String of(VulnerabilityDetails details) {
        SeverityRating second = rating(details, true);
        SeverityRating third = rating(details, false);
        if (second == null && third == null) {
            return null;
        }
        StringBuilder json = new StringBuilder("{\"NVD\":{\"CVSSv2\":{\"PublishedDateTime\":");
        text(json, published(details.published()));
        json.append(",\"Vectors\":");
        text(json, second == null ? "" : second.vector());
        json.append(",\"Score\":");
        number(json, second == null ? null : second.score());
        json.append("},\"CVSSv3\":{\"Vectors\":");
        text(json, third == null ? "" : third.vector());
        json.append(",\"Score\":");
        number(json, third == null ? null : third.score());
        CvssVector vector = third == null || third.vector() == null ? null : CvssVector.of(third.vector());
        CvssVector.Scores scores = vector == null ? null : vector.scores();
        json.append(",\"ExploitabilityScore\":");
        number(json, scores == null ? null : scores.exploitability());
        json.append(",\"ImpactScore\":");
        number(json, scores == null ? null : scores.impact());
        return json.append("}}}").toString();
    }

    /** How bad the scores are that the metadata are of: Clair asks only that of version 2, which newer vulnerabilities lack. */
    public static ClairSeverity severity(VulnerabilityDetails details) {
        SeverityRating second = rating(details, true);
        SeverityRating rating = second == null || second.score() == null ? rating(details, false) : second;
        return rating == null || rating.score() == null ? ClairSeverity.UNKNOWN : severity(rating.score());
    }

    /** What Clair makes of a score of version 2 where nobody says how bad it is. */
    public static ClairSeverity severity(double score) {
        if (score < 1) {
            return ClairSeverity.NEGLIGIBLE;
        }
        if (score < 3.9) {
            return ClairSeverity.LOW;
        }
        if (score < 6.9) {
            return ClairSeverity.MEDIUM;
        }
        return score < 8.9 ? ClairSeverity.HIGH : ClairSeverity.CRITICAL;
    }

    /** The database's own rating of version 2, or the newest of version 3. */
    private static @Nullable SeverityRating rating(VulnerabilityDetails details, boolean second) {
        for (SeverityRating rating : details.ratings()) {
            String vector = rating.vector();
            boolean wanted = vector != null && (second ? !vector.startsWith("CVSS:") : vector.startsWith("CVSS:3."));
            if (wanted && rating.source().equals(NVD)) {
                return rating;
            }
        }
        return null;
    }

    private static String published(@Nullable String moment) {
        if (moment == null) {
            return "";
        }
        return MINUTE.matcher(moment).matches() ? moment.substring(0, MINUTE_LENGTH) + "Z" : moment;
    }

    private static void text(StringBuilder json, @Nullable String text) {
        json.append('"').append(Printable.json(text == null ? "" : text)).append('"');
    }

    private static void number(StringBuilder json, @Nullable Double number) {
        BigDecimal decimal = new BigDecimal(number == null ? "0" : number.toString());
        json.append(decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString());
    }
}
