package io.limpid.inventory;

import io.limpid.model.Detection;
import io.limpid.model.Distro;
import io.limpid.model.DistroClue;
import io.limpid.model.EvidenceRequest;
import io.limpid.model.Inventory;
import io.limpid.model.LayerFacts;
import io.limpid.model.Limits;
import io.limpid.model.OriginClue;
import io.limpid.model.Package;
import io.limpid.model.PathPattern;
import io.limpid.model.Problem;
import io.limpid.model.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Folds the facts of an image's layers into its inventory, as the running container would see it: the overlay fold.
 *
 * <p>After each layer the visible package databases are those that the tree of files then shows; what they list, compared with what they
 * listed before, tells which layer brought or removed a package.
 */
public final class LayerFold {
    /** How much may be looked at and compared, for each entry that a layer may have; every layer is a reason to look at everything. */
    private static final int LOOKS_AN_ENTRY = 100;

    private final Map<String, List<Wanted>> wishes;
    private final List<OriginClue> told;
    private final Limits limits;

    /**
     * @param wishes for each detector, by its name, the files that it reads; the order decides which of two equal packages is kept
     * @param told what the image itself says of where its packages come from
     * @param limits bounds the links that are followed
     */
    public LayerFold(Map<String, List<Wanted>> wishes, List<OriginClue> told, Limits limits) {
        this.wishes = wishes;
        this.told = List.copyOf(told);
        this.limits = limits;
    }

    /**
     * Folds, or says what is missing for it.
     *
     * @param layers the facts of the layers, base first
     * @param places the places outside the detectors' wishes that the facts know of too
     * @param answers the detections that were asked for so far
     */
    public FoldStep fold(List<LayerFacts> layers, Set<PathPattern> places, Map<EvidenceRequest, Detection> answers) {
        OverlayTree tree = new OverlayTree(limits);
        Evidence evidence = new Evidence(wishes, tree, layers, places, answers, limits);
        Inventory inventory = inventory(tree, evidence, layers, answers);
        if (!evidence.unknownPlaces().isEmpty()) {
            return new FoldStep.NeedsPlaces(evidence.unknownPlaces());
        }
        if (!evidence.unanswered().isEmpty()) {
            return new FoldStep.NeedsEvidence(evidence.unanswered());
        }
        return new FoldStep.Finished(inventory);
    }

    /** Folds as far as the facts go; what is missing for the rest is left out. */
    public Inventory foldWhatIsKnown(
            List<LayerFacts> layers, Set<PathPattern> places, Map<EvidenceRequest, Detection> answers) {
        OverlayTree tree = new OverlayTree(limits);
        return inventory(tree, new Evidence(wishes, tree, layers, places, answers, limits), layers, answers);
    }

    private Inventory inventory(
            OverlayTree tree, Evidence evidence, List<LayerFacts> layers, Map<EvidenceRequest, Detection> answers) {
        PackageHistory history = new PackageHistory();
        DatabaseWatch databases = new DatabaseWatch(wishes.values());
        Collection<Detection> visible = List.of();
        boolean changed = false;
        boolean inexact = false;
        long compared = 0;
        for (int index = 0; index < layers.size(); index++) {
            LayerFacts facts = layers.get(index);
            boolean last = index == layers.size() - 1;
            if (!facts.entries().isEmpty()) {
                evidence.hardLinkTargets(tree.lay(index, facts.entries()));
                changed = true;
            }
            if (changed && !last && isTooMuch(tree.steps() + compared)) {
                inexact = true;
            } else if (changed) {
                visible = evidence.visible();
                List<Package> packages = packages(visible);
                history.after(index, packages);
                databases.after(index, visible);
                compared += packages.size();
                changed = false;
            }
        }
        Distro distro = DistroChoice.choose(clues(visible));
        List<Problem> problems = problems(layers, answers);
        if (tree.isSpent()) {
            problems.add(new Problem(
                    null,
                    null,
                    "links lead through so many folders that not all were followed (limit wanted-entries): packages"
                            + " may be missing or no longer be there"));
        }
        if (inexact) {
            problems.add(new Problem(
                    null,
                    null,
                    "the layers change so many package lists that they were not compared after each: the"
                            + " layers of packages are not exact"));
        }
        problems.addAll(databases.problems());
        problems.addAll(evidence.unresolved());
        Origins origins = new Origins(told, visible);
        return new Inventory(distro, history.inventory(distro, origins), origins.together(), problems);
    }

    private boolean isTooMuch(long looks) {
        return looks >= (long) LOOKS_AN_ENTRY * limits.wantedEntries();
    }

    /** What package databases list, and what else documents do: they often describe what is installed in their own words. */
    private static List<Package> packages(Collection<Detection> visible) {
        List<Package> installed = new ArrayList<>();
        List<Package> documented = new ArrayList<>();
        for (Detection detection : visible) {
            for (Package one : detection.packages()) {
                (one.isOfDocument() ? documented : installed).add(one);
            }
        }
        if (!documented.isEmpty()) {
            Set<Release> known = new HashSet<>();
            installed.forEach(one -> known.add(Release.of(one)));
            for (Package one : documented) {
                if (!known.contains(Release.of(one))) {
                    installed.add(one);
                }
            }
        }
        return installed;
    }

    /** What makes a document's package one that a database lists: few documents say the architecture, or an epoch of 0. */
    private record Release(String type, String name, String version) {
        static Release of(Package one) {
            String version = one.version();
            boolean epoch = one.type().equals("rpm") && version.startsWith("0:");
            return new Release(one.type(), one.name(), epoch ? version.substring(2) : version);
        }
    }

    private static List<DistroClue> clues(Collection<Detection> visible) {
        return visible.stream().flatMap(detection -> detection.clues().stream()).toList();
    }

    private static List<Problem> problems(List<LayerFacts> layers, Map<EvidenceRequest, Detection> answers) {
        Set<Problem> problems = new LinkedHashSet<>();
        for (int index = 0; index < layers.size(); index++) {
            int layer = index;
            LayerFacts facts = layers.get(index);
            facts.problems().forEach(problem -> problems.add(problem.inLayer(layer)));
            new TreeMap<>(facts.detections())
                    .values().stream()
                            .flatMap(List::stream)
                            .flatMap(detection -> detection.problems().stream())
                            .forEach(problem -> problems.add(problem.inLayer(layer)));
        }
        answers.forEach((request, detection) -> detection
                .problems()
                .forEach(problem ->
                        problems.add(problem.inLayer(request.files().getFirst().layer()))));
        return new ArrayList<>(problems);
    }
}
