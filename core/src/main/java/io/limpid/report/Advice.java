package io.limpid.report;

import io.limpid.format.Printable;
import io.limpid.model.Distro;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.LayerSummary;
import io.limpid.model.Package;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What findings mean for the one who builds the image, in one sentence: what is there, what would mend it.
 *
 * @param words the sentence
 * @param command what is to be run for that, null where nothing can be
 */
record Advice(String words, @Nullable String command) {
    /** Where distroless images list packages, one file each: nothing there can install another version. */
    private static final String WITHOUT_PACKAGE_MANAGER = "var/lib/dpkg/status.d/";

    private static final int SHOWN_OF_AN_INSTRUCTION = 60;

    /** One step that mends several packages at once. */
    private record Step(String type, String version, boolean manager) {}

    /** What can be done about findings of one vulnerability, each advice once. */
    static List<Advice> of(List<Finding> findings, Map<Integer, LayerSummary> layers, @Nullable Distro distro) {
        List<Advice> all = new ArrayList<>(undecided(findings));
        Map<Step, SortedSet<String>> steps = new LinkedHashMap<>();
        Map<FindingState, SortedSet<String>> without = new EnumMap<>(FindingState.class);
        List<Advice> places = new ArrayList<>();
        for (Finding finding : findings) {
            Package affected = finding.affected().value();
            String fixed = finding.fixedVersion();
            if (fixed == null) {
                without.computeIfAbsent(finding.state(), _ -> new TreeSet<>()).add(affected.name());
            } else if (finding.state() == FindingState.FIXED_IN_PRO) {
                places.add(sentenceOnly("Version " + fixed + " of " + affected.name()
                        + " is only in Ubuntu Pro: attach a subscription when the image is built, or build on a newer"
                        + " release."));
            } else if (!finding.fixable()) {
                places.add(sentenceOnly("Version " + fixed + " of " + affected.name()
                        + " is announced and cannot be installed yet: scan again later."));
            } else if (finding.affected().ownedBy() != null) {
                places.add(sentenceOnly(affected.name() + " belongs to the operating system's package "
                        + finding.affected().ownedBy()
                        + ": upgrade that, as soon as its distribution has mended it."));
            } else {
                boolean manager = !affected.location().startsWith(WITHOUT_PACKAGE_MANAGER);
                steps.computeIfAbsent(new Step(affected.type(), fixed, manager), _ -> new TreeSet<>())
                        .add(affected.name());
                places.add(place(layers, finding.affected().layer()));
            }
        }
        steps.forEach((step, names) -> all.add(upgrade(step, names, distro)));
        all.addAll(places);
        without.forEach((state, names) -> all.add(sentenceOnly(whyNone(state, String.join(", ", names), distro))));
        return all.stream().distinct().toList();
    }

    private static List<Advice> undecided(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.state() == FindingState.UNDECIDED)
                .map(finding -> sentenceOnly("Find out where version "
                        + finding.affected().value().version() + " of "
                        + finding.affected().value().name() + " comes from and whether it has it, or replace it."))
                .toList();
    }

    /** What is known of a vulnerability in a package, in a sentence. */
    static String sentence(Finding finding) {
        String word = finding.state().word() + ": ";
        String fixed = finding.fixedVersion() == null
                ? ""
                : "; version " + finding.fixedVersion()
                        + (finding.fixable() ? " is without it" : " will be without it and is only announced");
        return switch (finding.state()) {
            case FIXED ->
                word + "the installed version has it"
                        + (fixed.isEmpty() ? ", a newer one is without it" : fixed.replace(" is ", " and newer are "));
            case FIXED_IN_PRO ->
                word + "the installed version has it"
                        + (finding.fixedVersion() == null
                                ? ", a newer one that only Ubuntu Pro has is without it"
                                : "; version " + finding.fixedVersion()
                                        + " and newer are without it, for subscribers of Ubuntu Pro only");
            case AFFECTED ->
                word + "the installed version has it"
                        + (fixed.isEmpty() ? ", and no version without it has been published" : fixed);
            case DEFERRED -> word + "the installed version has it, and mending it was put off" + fixed;
            case WILL_NOT_FIX -> word + "the installed version has it, and the publisher will not mend it" + fixed;
            case END_OF_LIFE -> word + "the installed version has it, and there will be no more fixes for it" + fixed;
            case UNDER_INVESTIGATION -> word + "the publisher has not decided yet whether it has it" + fixed;
            case UNDECIDED -> word + "nobody can tell whether the installed version has it" + fixed;
        };
    }

    private static Advice sentenceOnly(String words) {
        return new Advice(words, null);
    }

    private static Advice upgrade(Step step, SortedSet<String> names, @Nullable Distro distro) {
        String goal = "Install version " + step.version + " or newer of " + String.join(", ", names);
        if (!step.manager) {
            return sentenceOnly(goal + ": the image has no package manager for that, so build on a newer base image.");
        }
        String command = Upgrades.command(step.type, distro, names);
        return command == null ? sentenceOnly(goal + " where it comes from.") : new Advice(goal + ":", command);
    }

    private static Advice place(Map<Integer, LayerSummary> layers, @Nullable Integer index) {
        if (index == null) {
            return sentenceOnly("No layers are known: change it where that which the document lists is built.");
        }
        if (index == 0) {
            return sentenceOnly(
                    "Layer 0 is the first of the base image: build on a newer one (docker build --pull), or upgrade in"
                            + " an instruction of your own behind FROM.");
        }
        LayerSummary layer = layers.get(index);
        String instruction = Instruction.of(layer == null ? null : layer.createdBy());
        return sentenceOnly("It came with layer " + index
                + (instruction.isEmpty() ? "" : " (" + Printable.excerpt(instruction, SHOWN_OF_AN_INSTRUCTION) + ")")
                + ": where that is an instruction of your own, build it anew (docker build --no-cache); where it is"
                + " the base image's, build on a newer one (docker build --pull).");
    }

    private static String whyNone(FindingState state, String names, @Nullable Distro distro) {
        String release = distro == null ? "this release" : distro.namespace();
        return switch (state) {
            case FIXED -> "The advisory names no version of " + names + " that can be installed: see its page.";
            case FIXED_IN_PRO -> "What mends " + names + " in " + release + " is only in Ubuntu Pro.";
            case AFFECTED ->
                "There is nothing to upgrade " + names + " to in " + release
                        + " yet. Remove it where it is not needed, or scan again later.";
            case DEFERRED ->
                "There is nothing to upgrade " + names + " to in " + release
                        + " yet, and that may last. Remove it where it is not needed.";
            case WILL_NOT_FIX ->
                "There will be nothing to upgrade " + names + " to in " + release
                        + ". Remove it where it is not needed; a newer release of the distribution may be without it.";
            case END_OF_LIFE ->
                "There will be nothing to upgrade " + names + " to in " + release + ": build on a newer release.";
            case UNDER_INVESTIGATION -> "Scan again later: it has not been decided yet about " + names + ".";
            case UNDECIDED -> "There is no fixed version of " + names + " either.";
        };
    }
}
