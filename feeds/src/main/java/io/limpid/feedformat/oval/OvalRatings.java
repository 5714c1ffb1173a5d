package io.limpid.feedformat.oval;

import io.limpid.feed.RpmSeverity;
import io.limpid.feedformat.oval.OvalDefinition.Cve;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How bad a definition says that its vulnerabilities are: by a word, and by CVSS vectors behind their scores. */
public final class OvalRatings {
    /** {@code 7.8/AV:N/AC:L/Au:N/C:N/I:N/A:C}, {@code 9.8/CVSS:3.1/AV:N/...}. */
    private static final Pattern SCORED = Pattern.compile("[0-9]{1,2}(?:\\.[0-9]{1,2})?/([A-Za-z0-9.:/]{1,300})");

    private OvalRatings() {}

    /**
     * The publisher's word, then the vectors.
     *
     * @param source the feed's name
     * @param word the publisher's word for this vulnerability, null when there is none
     * @param said what the definition says of it; several times where the publisher repeats others
     */
    public static List<SeverityRating> of(String source, @Nullable String word, List<Cve> said) {
        List<SeverityRating> ratings = new ArrayList<>(2);
        if (word != null) {
            ratings.add(new SeverityRating(source, RpmSeverity.of(word), word, null));
        }
        for (Cve cve : said) {
            String rater = cve.rater();
            String by = rater == null ? source : rater.toLowerCase(Locale.ROOT);
            Stream.of(cve.cvss4(), cve.cvss3(), cve.cvss2()).forEach(scored -> {
                String vector = vector(scored);
                if (vector != null) {
                    ratings.add(new SeverityRating(by, Severity.UNKNOWN, null, vector));
                }
            });
        }
        return ratings;
    }

    private static @Nullable String vector(@Nullable String scored) {
        Matcher matcher = SCORED.matcher(scored == null ? "" : scored);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
