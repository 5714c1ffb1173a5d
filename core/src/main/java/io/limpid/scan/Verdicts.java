package io.limpid.scan;

import io.limpid.model.Distro;
import io.limpid.model.Inventory;
import io.limpid.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Says what an inventory allows to be said. */
final class Verdicts {
    private Verdicts() {}

    /**
     * The verdict of a scan that consulted no advisories: never more than "unknown".
     *
     * @param inventory what was found
     */
    static Verdict of(Inventory inventory) {
        List<String> reasons = new ArrayList<>();
        int problems = inventory.problems().size();
        if (problems > 0) {
            reasons.add(
                    problems == 1
                            ? "something could not be read: "
                                    + inventory.problems().getFirst().what()
                            : problems + " things could not be read, see the problems");
        }
        Distro distro = inventory.distro();
        if (distro == null) {
            reasons.add("the distribution is not known");
        }
        if (inventory.packages().stream().allMatch(entry -> entry.removedInLayer() != null)) {
            reasons.add("no package database lists anything");
        }
        reasons.add("no advisories were consulted: this version lists packages only");
        return new Verdict(Verdict.Result.UNKNOWN, problems == 0, reasons);
    }
}
