package io.limpid.scan;

import io.limpid.format.TimeSpan;
import io.limpid.match.CorrectedFindings;
import io.limpid.model.AdvisorySource;
import io.limpid.model.Distro;
import io.limpid.model.Finding;
import io.limpid.model.Inventory;
import io.limpid.model.Verdict;
import io.limpid.model.Verdict.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What must hold before "nothing was found" may mean "clean".
 *
 * @param now the moment against which ages are measured
 * @param maxAge how long ago advisories may have been fetched
 * @param endOfLifeAccepted whether a release that gets no more fixes may be clean all the same
 */
public record VerdictPolicy(Instant now, Duration maxAge, boolean endOfLifeAccepted) {

    /** Advisories older than this are not believed unless somebody says so. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(5);

    /** By so much the clock may be wrong of who fetched, or of who asks. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    /**
     * The verdict.
     *
     * @param corrected what the advisories state for the inventory, and what local corrections made of it
     * @param sources the advisory data for its distribution
     * @param gaps why some may be missing
     * @param notCompared how many packages of each type no advisories were looked for
     */
    public Verdict verdict(
            Inventory inventory,
            CorrectedFindings corrected,
            List<AdvisorySource> sources,
            List<String> gaps,
            SortedMap<String, Integer> notCompared) {
        List<Finding> findings = corrected.findings();
        List<String> reasons = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        boolean endOfLife = false;
        problems(inventory, reasons);
        if (inventory.packages().stream()
                .allMatch(one -> one.removedInLayer() != null || one.value().isOfDocument())) {
            reasons.add("no package database lists anything");
        }
        notCompared.forEach((type, count) -> reasons.add(
                count + (count == 1 ? " package" : " packages") + " of type " + type + " compared with no advisories"));
        Distro distro = inventory.distro();
        if (distro == null) {
            reasons.add("the distribution is not known, so no advisories could be chosen");
        } else {
            endOfLife = isOver(distro);
            if (endOfLife) {
                if (endOfLifeAccepted) {
                    notes.add(withoutFixes(distro) + ", which was accepted");
                } else {
                    reasons.add(withoutFixes(distro) + ": what was found since then may be in no advisory");
                }
            }
            if (sources.isEmpty()) {
                reasons.add("there are no advisories for " + distro.namespace());
            }
        }
        reasons.addAll(gaps);
        sources.forEach(source -> age(source, reasons));
        undecided(findings, reasons);
        boolean complete = inventory.problems().isEmpty();
        Result result = Result.UNKNOWN;
        if (findings.stream().anyMatch(finding -> finding.state().definite())) {
            result = Result.VULNERABLE;
        } else if (reasons.isEmpty()) {
            result = Result.CLEAN;
        }
        notes.addAll(CorrectionNotes.of(corrected, result));
        return new Verdict(result, complete, reasons, endOfLife, notes);
    }

    private static void problems(Inventory inventory, List<String> reasons) {
        int problems = inventory.problems().size();
        if (problems == 1) {
            reasons.add("something could not be read: "
                    + inventory.problems().getFirst().what());
        } else if (problems > 1) {
            reasons.add(problems + " things could not be read, see the problems");
        }
    }

    private boolean isOver(Distro distro) {
        String end = distro.endOfLife();
        return end != null
                && LocalDate.parse(end).isBefore(now.atZone(ZoneOffset.UTC).toLocalDate());
    }

    private static String withoutFixes(Distro distro) {
        return distro.namespace() + " has been without fixes since " + distro.endOfLife() + " (end of life)";
    }

    private void age(AdvisorySource source, List<String> reasons) {
        String fetched = source.fetchedAt();
        if (fetched == null) {
            reasons.add("nobody knows when the advisories of " + source.feed() + " were fetched");
            return;
        }
        try {
            Duration age = Duration.between(Instant.parse(fetched), now);
            if (age.compareTo(CLOCKS_DIFFER.negated()) < 0) {
                reasons.add("the advisories of " + source.feed() + " were fetched at " + fetched
                        + ", which is still to come: a clock is or was wrong");
            } else if (age.compareTo(maxAge) > 0) {
                reasons.add("the advisories of " + source.feed() + " were fetched more than " + TimeSpan.words(maxAge)
                        + " ago");
            }
        } catch (DateTimeParseException _) {
            reasons.add("the advisories of " + source.feed() + " were fetched at " + fetched + ", which is no time");
        }
    }

    private static void undecided(List<Finding> findings, List<String> reasons) {
        long undecided =
                findings.stream().filter(finding -> !finding.state().definite()).count();
        if (undecided > 0) {
            reasons.add(undecided + (undecided == 1 ? " advisory" : " advisories")
                    + " could not be decided: versions that cannot be compared");
        }
    }
}
