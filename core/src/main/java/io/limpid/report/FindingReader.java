package io.limpid.report;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.InventoryPackage;
import io.limpid.model.KnownExploitation;
import io.limpid.model.Package;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the findings of a written report, each of which names a package of the report's own list. */
final class FindingReader {

    /** What a finding says of its package; the location is null where it does not say it. */
    private record Named(
            String type,
            String name,
            String version,
            String purl,
            @Nullable Integer layer,
            @Nullable String location) {}

    private final Map<Named, InventoryPackage> byName = new HashMap<>();

    FindingReader(List<InventoryPackage> packages) {
        packages.stream().filter(one -> one.removedInLayer() == null).forEach(this::add);
        // Only where nothing that is still there has the same name: a finding is about what the image contains.
        packages.stream().filter(one -> one.removedInLayer() != null).forEach(this::add);
    }

    private void add(InventoryPackage one) {
        Package value = one.value();
        for (String location : new @Nullable String[] {value.location(), null}) {
            byName.putIfAbsent(
                    new Named(value.type(), value.name(), value.version(), one.purl(), one.layer(), location), one);
        }
    }

    Finding read(JsonObject finding) throws JsonException {
        JsonObject named = Members.object(finding, "package");
        InventoryPackage affected = byName.get(new Named(
                Members.text(named, "type"),
                Members.text(named, "name"),
                Members.text(named, "version"),
                Members.text(named, "purl"),
                Members.index(finding, "layer"),
                named.members().containsKey("location") ? location(named) : null));
        if (affected == null) {
            throw new JsonException("its package is not one of those that the report lists");
        }
        String state = Members.text(finding, "state");
        JsonObject advisory = Members.object(finding, "advisory");
        return new Finding(
                Members.text(finding, "id"),
                finding.strings("aliases"),
                affected,
                severity(finding),
                finding.string("severitySource"),
                Members.eachIfThere(finding, "severities", FindingReader::rating),
                FindingState.ofWord(state).orElseThrow(() -> Members.unknown("state", state)),
                finding.string("fixedVersion"),
                Members.text(advisory, "feed"),
                advisory.string("url"),
                finding.string("comparison"),
                finding.string("note"),
                null,
                prediction(finding),
                exploitation(finding),
                CorrectionMembers.read(finding));
    }

    /** A written {@code null} is the location of what has none. */
    private static String location(JsonObject named) throws JsonException {
        String location = named.string("location");
        return location == null ? "" : location;
    }

    private static SeverityRating rating(JsonObject rating) throws JsonException {
        return new SeverityRating(
                Members.text(rating, "source"),
                severity(rating),
                rating.string("word"),
                rating.string("vector"),
                rating.decimal("score"));
    }

    private static @Nullable ExploitPrediction prediction(JsonObject finding) throws JsonException {
        JsonObject scores = finding.object("scores");
        if (scores == null) {
            return null;
        }
        Double score = scores.decimal("epss");
        return score == null
                ? null
                : new ExploitPrediction(score, scores.decimal("epssPercentile"), scores.string("epssDate"));
    }

    private static @Nullable KnownExploitation exploitation(JsonObject finding) throws JsonException {
        JsonObject scores = finding.object("scores");
        if (scores == null || !Boolean.TRUE.equals(scores.bool("kev"))) {
            return null;
        }
        return new KnownExploitation(
                scores.string("kevAdded"),
                scores.string("kevDue"),
                Boolean.TRUE.equals(scores.bool("kevRansomware")),
                null,
                null);
    }

    private static Severity severity(JsonObject object) throws JsonException {
        String word = Members.text(object, "severity");
        return Severity.ofWord(word).orElseThrow(() -> Members.unknown("severity", word));
    }
}
