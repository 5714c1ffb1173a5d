package io.limpid.scan;

import io.limpid.facts.LayerScan;
import io.limpid.image.Image;
import io.limpid.inventory.FoldStep;
import io.limpid.inventory.LayerFold;
import io.limpid.model.Detection;
import io.limpid.model.EvidenceRequest;
import io.limpid.model.Inventory;
import io.limpid.model.LayerFacts;
import io.limpid.model.LayerSummary;
import io.limpid.model.Limits;
import io.limpid.model.PathPattern;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A scan, from the name of an image to its report. */
public final class Scan {
    /** How often a fold may ask for more; a chain of links from layer to layer needs one for each of them. */
    private static final int ROUNDS = 16;

    private final Targets targets;
    private final LayerScan layers;
    private final Limits limits;

    public Scan(Targets targets, LayerScan layers, Limits limits) {
        this.targets = targets;
        this.layers = layers;
        this.limits = limits;
    }

    /**
     * Scans.
     *
     * @throws io.limpid.model.LimpidException when there is nothing to scan at the target, or it contradicts itself
     */
    public Report scan(ScanRequest request) throws IOException {
        return switch (targets.open(request)) {
            case Targets.OpenedImage(Image image) -> scanImage(image);
            case Targets.ReadSbom(var target, Inventory inventory) -> report(target, List.of(), inventory);
        };
    }

    private Report scanImage(Image image) throws IOException {
        try (image) {
            List<LayerFacts> facts = layers.facts(image, Set.of());
            Inventory inventory = withProblems(image.problems(), fold(image, facts));
            return report(image.target(), summaries(image, facts), inventory);
        }
    }

    /** Folds the layers' facts, reading again what a link or a database in two layers turns out to need. */
    private Inventory fold(Image image, List<LayerFacts> first) throws IOException {
        LayerFold fold = new LayerFold(layers.wishes(), limits);
        List<LayerFacts> facts = first;
        Set<PathPattern> places = new HashSet<>();
        Map<EvidenceRequest, Detection> answers = new HashMap<>();
        for (int round = 0; round < ROUNDS && places.size() <= limits.followedPaths(); round++) {
            switch (fold.fold(facts, places, answers)) {
                case FoldStep.Finished(Inventory inventory) -> {
                    return inventory;
                }
                case FoldStep.NeedsPlaces(Set<PathPattern> more) -> {
                    places.addAll(more);
                    facts = layers.facts(image, places);
                }
                case FoldStep.NeedsEvidence(Set<EvidenceRequest> requests) ->
                    answers.putAll(layers.answers(image, requests));
            }
        }
        Problem endless = new Problem(
                null, null, "links lead to more places than are followed: packages found only there are missing");
        return withProblems(List.of(endless), fold.foldWhatIsKnown(facts, places, answers));
    }

    private static List<LayerSummary> summaries(Image image, List<LayerFacts> facts) {
        return image.layers().stream()
                .map(layer -> new LayerSummary(
                        layer.index(),
                        layer.diffId(),
                        layer.digest(),
                        layer.createdBy(),
                        layer.size(),
                        facts.get(layer.index()).verified()))
                .toList();
    }

    private static Inventory withProblems(List<Problem> problems, Inventory inventory) {
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(inventory.problems());
        return new Inventory(inventory.distro(), inventory.packages(), all);
    }

    private static Report report(ScanTarget target, List<LayerSummary> summaries, Inventory inventory) {
        return new Report(target, summaries, inventory, List.of(), List.of(), Verdicts.of(inventory));
    }
}
