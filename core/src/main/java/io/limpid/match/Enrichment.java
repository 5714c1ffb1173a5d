package io.limpid.match;

import io.limpid.model.Corrected;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.Finding;
import io.limpid.model.KnownExploitation;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds to findings what is known of their vulnerabilities whatever package has them.
 *
 * <p>It changes what is said of a finding, never whether there is one. How bad a vulnerability is, is said by the publisher of the advisory; only
 * where that says nothing, by the first other who does.
 */
public final class Enrichment {
    private static final String CVE = "CVE-";

    private Enrichment() {}

    /** The findings with what is known besides; each vulnerability is looked up once, and no other than theirs. */
    public static List<Finding> of(List<Finding> findings, Advisories advisories) throws IOException {
        Map<String, List<VulnerabilityDetails>> known = new HashMap<>();
        List<Finding> enriched = new ArrayList<>(findings.size());
        for (Finding finding : findings) {
            List<VulnerabilityDetails> details = new ArrayList<>();
            for (String name : names(finding)) {
                List<VulnerabilityDetails> told = known.get(name);
                if (told == null) {
                    told = advisories.details(name);
                    known.put(name, told);
                }
                details.addAll(told);
            }
            enriched.add(details.isEmpty() ? finding : with(finding, details));
        }
        return enriched;
    }

    /** What local corrections left, and what they added with what is known of that besides: the rest has it already. */
    public static CorrectedFindings ofAdded(CorrectedFindings corrected, Advisories advisories) throws IOException {
        List<Finding> findings = new ArrayList<>();
        List<Finding> added = new ArrayList<>();
        for (Finding finding : corrected.findings()) {
            Corrected by = finding.corrected();
            (by != null && by.before() == null ? added : findings).add(finding);
        }
        findings.addAll(of(added, advisories));
        return new CorrectedFindings(findings, corrected.corrections());
    }

    /** The names under which something may be known: its own, and where that is no CVE's those of the CVEs that it is. */
    private static List<String> names(Finding finding) {
        if (finding.id().startsWith(CVE)) {
            return List.of(finding.id());
        }
        List<String> names = new ArrayList<>();
        names.add(finding.id());
        for (String alias : finding.aliases()) {
            if (alias.startsWith(CVE)) {
                names.add(alias);
            }
        }
        return names;
    }

    /** Whether the publisher of the advisory has quoted this rating: who says so, and the vector. */
    private static boolean isQuoted(SeverityRating rating, Finding finding) {
        for (SeverityRating quoted : finding.severities()) {
            if (quoted.source().equals(rating.source())
                    && quoted.vector() != null
                    && quoted.vector().equals(rating.vector())) {
                return true;
            }
        }
        return false;
    }

    private static Finding with(Finding finding, List<VulnerabilityDetails> details) {
        Set<SeverityRating> ratings = new LinkedHashSet<>(finding.severities());
        ExploitPrediction prediction = finding.exploitPrediction();
        KnownExploitation exploitation = finding.knownExploitation();
        for (VulnerabilityDetails told : details) {
            for (SeverityRating rating : told.ratings()) {
                if (!isQuoted(rating, finding)) {
                    ratings.add(rating);
                }
            }
            ExploitPrediction other = told.exploitPrediction();
            // Of several vulnerabilities under one name the likeliest.
            if (other != null && (prediction == null || other.score() > prediction.score())) {
                prediction = other;
            }
            exploitation = exploitation == null ? told.knownExploitation() : exploitation;
        }
        List<SeverityRating> severities = List.copyOf(ratings);
        // What somebody here has said counts even where it is that nothing is known.
        SeverityRating counting = Corrector.SOURCE.equals(finding.severitySource())
                ? severities.getFirst()
                : Finding.counting(severities);
        return new Finding(
                finding.id(),
                finding.aliases(),
                finding.affected(),
                counting == null ? Severity.UNKNOWN : counting.severity(),
                counting == null ? null : counting.source(),
                severities,
                finding.state(),
                finding.fixedVersion(),
                finding.feed(),
                finding.url(),
                finding.comparison(),
                finding.note(),
                finding.description(),
                prediction,
                exploitation,
                finding.corrected());
    }
}
