package io.limpid.scan;

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
     * @param findings what the advisories state for the inventory
     * @param sources the advisory data for its distribution
     * @param gaps why some may be missing
     * @param notCompared how many packages of each type no advisories were looked for
     */
    public Verdict verdict(
            Inventory inventory,
            List<Finding> findings,
            List<AdvisorySource> sources,
            List<String> gaps,
            SortedMap<String, Integer> notCompared) {
        List<String> reasons = new ArrayList<>();
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
            endOfLife(distro, reasons);
            if (sources.isEmpty()) {
                reasons.add("there are no advisories for " + distro.namespace());
            }
        }
        reasons.addAll(gaps);
        sources.forEach(source -> age(source, reasons));
        undecided(findings, reasons);
        boolean complete = inventory.problems().isEmpty();
        if (findings.stream().anyMatch(finding -> finding.state().definite())) {
            return new Verdict(Result.VULNERABLE, complete, reasons);
        }
        return new Verdict(reasons.isEmpty() ? Result.CLEAN : Result.UNKNOWN, complete, reasons);
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

    private void endOfLife(Distro distro, List<String> reasons) {
        String end = distro.endOfLife();
        if (end != null
                && !endOfLifeAccepted
                && LocalDate.parse(end).isBefore(now.atZone(ZoneOffset.UTC).toLocalDate())) {
            reasons.add(distro.namespace() + " has been without fixes since " + end
                    + " (end of life): what was found since then may be in no advisory");
        }
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
                reasons.add(
                        "the advisories of " + source.feed() + " were fetched more than " + inWords(maxAge) + " ago");
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

    private static String inWords(Duration duration) {
        if (duration.toDays() > 1) {
            return duration.toDays() + " days";
        }
        return duration.toHours() > 1 ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
    }
}
