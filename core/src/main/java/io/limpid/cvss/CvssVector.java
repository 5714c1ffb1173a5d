package io.limpid.cvss;

import io.limpid.model.Severity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import us.springett.cvss.Cvss;
import us.springett.cvss.MalformedVectorException;
import us.springett.cvss.Score;

/**
 * A CVSS vector that can be scored: of version 2, 3.0, 3.1 or 4.0, with every base metric.
 *
 * <p>Metrics may come in any order, as publishers write them; those of other groups (temporal, threat, environmental, supplemental) are left out,
 * because what is scored is the vulnerability, not somebody's use of it.
 *
 * @param version which CVSS it is of
 * @param base the base metrics in the specification's order, with the version's prefix
 */
public record CvssVector(Version version, String base) {
    private static final int LONGEST = 400;
    private static final Pattern METRIC = Pattern.compile("[A-Za-z]{1,3}:[A-Za-z]{1,8}");

    /** A version of CVSS. */
    public enum Version {
        V2("", "AV AC Au C I A"),
        V3_0("CVSS:3.0/", "AV AC PR UI S C I A"),
        V3_1("CVSS:3.1/", "AV AC PR UI S C I A"),
        V4_0("CVSS:4.0/", "AV AC AT PR UI VC VI VA SC SI SA");

        private final String prefix;
        private final String metrics;

        Version(String prefix, String metrics) {
            this.prefix = prefix;
            this.metrics = metrics;
        }

        private static Version of(String vector) {
            for (Version version : values()) {
                if (version != V2 && vector.startsWith(version.prefix)) {
                    return version;
                }
            }
            return V2;
        }
    }

    /**
     * A vector's scores, in tenths.
     *
     * @param impact the part of the impact, null where the version has no such part
     * @param exploitability the part of the exploitability, null where the version has no such part
     */
    public record Scores(
            double base, @Nullable Double impact, @Nullable Double exploitability) {}

    /** Reads a vector; null when it is none, or a base metric is missing or has a value that it does not have. */
    public static @Nullable CvssVector of(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        Version version = Version.of(text);
        String metrics = text.substring(version.prefix.length());
        // So they were written when there was one version only.
        boolean enclosed = version == Version.V2 && metrics.startsWith("(") && metrics.endsWith(")");
        Map<String, String> given = given(enclosed ? metrics.substring(1, metrics.length() - 1) : metrics);
        StringBuilder base = new StringBuilder(version.prefix);
        for (String name : version.metrics.split(" ", -1)) {
            String metric = given.get(name);
            if (metric == null) {
                return null;
            }
            base.append(base.length() == version.prefix.length() ? "" : "/").append(metric);
        }
        CvssVector vector = new CvssVector(version, base.toString());
        return vector.score() == null ? null : vector;
    }

    /** The metrics by their names; empty when it is no list of such, or one of them comes twice. */
    private static Map<String, String> given(String metrics) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String metric : metrics.split("/", -1)) {
            if (!METRIC.matcher(metric).matches()
                    || given.put(metric.substring(0, metric.indexOf(':')), metric) != null) {
                return Map.of();
            }
        }
        return given;
    }

    /** Its scores. */
    public Scores scores() {
        Score score = Objects.requireNonNull(score());
        boolean parts = version != Version.V4_0;
        return new Scores(
                score.getBaseScore(),
                parts ? Double.valueOf(score.getImpactSubScore()) : null,
                parts ? Double.valueOf(score.getExploitabilitySubScore()) : null);
    }

    private @Nullable Score score() {
        try {
            Cvss vector = Cvss.fromVector(base);
            return vector == null ? null : vector.calculateScore();
        } catch (MalformedVectorException | IllegalArgumentException _) {
            return null;
        }
    }

    /** What its score is in words: those of the version's specification, and NVD's for version 2, whose own has none. */
    public Severity severity() {
        return severity(version, scores().base());
    }

    /** What a score of a version is in words. */
    public static Severity severity(Version version, double score) {
        if (score >= 9 && version != Version.V2) {
            return Severity.CRITICAL;
        }
        if (score >= 7) {
            return Severity.HIGH;
        }
        if (score >= 4) {
            return Severity.MEDIUM;
        }
        return score > 0 ? Severity.LOW : Severity.NEGLIGIBLE;
    }
}
