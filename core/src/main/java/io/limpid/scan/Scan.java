package io.limpid.scan;

import io.limpid.facts.LayerScan;
import io.limpid.image.Image;
import io.limpid.inventory.DistroChoice;
import io.limpid.inventory.FoldStep;
import io.limpid.inventory.LayerFold;
import io.limpid.match.Advisories;
import io.limpid.match.AdvisorySupply;
import io.limpid.match.CorrectedFindings;
import io.limpid.match.Corrector;
import io.limpid.match.Enrichment;
import io.limpid.match.Matcher;
import io.limpid.model.AdvisorySource;
import io.limpid.model.Detection;
import io.limpid.model.Distro;
import io.limpid.model.DistroClue;
import io.limpid.model.EvidenceRequest;
import io.limpid.model.Finding;
import io.limpid.model.Inventory;
import io.limpid.model.LayerFacts;
import io.limpid.model.LayerSummary;
import io.limpid.model.Limits;
import io.limpid.model.PathPattern;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import io.limpid.model.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A scan, from the name of an image or SBOM to its report. */
public final class Scan {
    /** How often a fold may ask for more; a chain of links from layer to layer needs one for each of them. */
    private static final int ROUNDS = 16;

    private final Targets targets;
    private final LayerScan layers;
    private final Matcher matcher;
    private final AdvisorySupply supply;
    private final VerdictPolicy policy;
    private final Limits limits;
    private final Corrector corrector;

    /**
     * A scan with these parts.
     *
     * @param targets opens what is to be scanned
     * @param layers reads layers
     * @param matcher compares what is installed with advisories
     * @param supply brings advisories
     * @param policy what is asked of advisories before a result may be "clean"
     * @param limits bounds what is read
     */
    public Scan(
            Targets targets,
            LayerScan layers,
            Matcher matcher,
            AdvisorySupply supply,
            VerdictPolicy policy,
            Limits limits) {
        this(targets, layers, matcher, supply, policy, limits, Corrector.none());
    }

    /**
     * A scan that also knows what is known here.
     *
     * @param corrector applies local corrections
     */
    public Scan(
            Targets targets,
            LayerScan layers,
            Matcher matcher,
            AdvisorySupply supply,
            VerdictPolicy policy,
            Limits limits,
            Corrector corrector) {
        this.targets = targets;
        this.layers = layers;
        this.matcher = matcher;
        this.supply = supply;
        this.policy = policy;
        this.limits = limits;
        this.corrector = corrector;
    }

    /**
     * Scans.
     *
     * @throws io.limpid.model.LimpidException when there is nothing to scan at the target, or it contradicts itself
     */
    public Report scan(ScanRequest request) throws IOException, InterruptedException {
        return switch (targets.open(request, passing -> layers.passing(passing, this::prepare))) {
            case Targets.OpenedImage(Image image) -> scanImage(image);
            case Targets.ReadSbom(var target, var document) -> report(target, document.layers(), document.inventory());
        };
    }

    private Report scanImage(Image image) throws IOException, InterruptedException {
        try (image) {
            List<LayerFacts> facts = layers.facts(image, Set.of(), this::prepare);
            Inventory inventory = fold(image, facts).withProblems(image.problems());
            return report(image.target(), summaries(image, facts), inventory);
        }
    }

    /** Lets the advisories be fetched while the other layers are read, as soon as one tells the distribution. */
    private void prepare(LayerFacts facts) {
        List<DistroClue> clues = facts.detections().values().stream()
                .flatMap(List::stream)
                .flatMap(detection -> detection.clues().stream())
                .toList();
        Distro distro = DistroChoice.choose(clues);
        if (distro != null) {
            supply.prepare(distro);
        }
    }

    /** Folds the layers' facts, reading again what a link or a database in two layers turns out to need. */
    private Inventory fold(Image image, List<LayerFacts> first) throws IOException {
        LayerFold fold = new LayerFold(layers.wishes(), image.origins(), limits);
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
                    facts = layers.facts(image, places, _ -> {});
                }
                case FoldStep.NeedsEvidence(Set<EvidenceRequest> requests) ->
                    answers.putAll(layers.answers(image, requests));
            }
        }
        Problem endless = new Problem(
                null,
                null,
                "links lead to more places than are followed (limit followed-paths): packages found only there are"
                        + " missing");
        return fold.foldWhatIsKnown(facts, places, answers).withProblems(List.of(endless));
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

    private Report report(ScanTarget target, List<LayerSummary> summaries, Inventory inventory)
            throws IOException, InterruptedException {
        Distro distro = inventory.distro();
        if (distro == null) {
            return report(target, summaries, inventory, corrector.correct(inventory, List.of()), List.of(), List.of());
        }
        try (Advisories advisories = supply.forDistro(distro)) {
            List<Finding> found = Enrichment.of(matcher.match(inventory, advisories), advisories);
            return report(
                    target,
                    summaries,
                    inventory,
                    Enrichment.ofAdded(corrector.correct(inventory, found), advisories),
                    advisories.sources(distro.namespace()),
                    advisories.gaps(distro.namespace()));
        }
    }

    private Report report(
            ScanTarget target,
            List<LayerSummary> summaries,
            Inventory inventory,
            CorrectedFindings corrected,
            List<AdvisorySource> sources,
            List<String> gaps) {
        Verdict verdict = policy.verdict(inventory, corrected, sources, gaps, matcher.notCompared(inventory));
        return new Report(
                target, summaries, inventory, corrected.findings(), sources, verdict, corrected.corrections());
    }
}
