package io.limpid.cli;

import io.limpid.model.Advisory;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.KnownExploitation;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import io.limpid.report.JsonOutput;
import io.limpid.snapshot.Difference;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How values of what is kept are written for programs: every member is always there, and null where it is not known. */
final class DbJson {
    private DbJson() {}

    static void advisory(JsonOutput json, Advisory advisory) {
        json.text("id", advisory.id());
        json.texts("aliases", advisory.aliases());
        json.text("feed", advisory.feed());
        json.text("release", advisory.subject().namespace());
        json.text("package", advisory.subject().name());
        json.text("named", advisory.subject().named().name().toLowerCase(Locale.ROOT));
        json.texts("arches", advisory.subject().arches());
        json.text("module", advisory.subject().module());
        json.texts("repositories", advisory.subject().repositories());
        json.text(
                "flavour",
                advisory.subject().flavour().isEmpty()
                        ? null
                        : advisory.subject().flavour());
        json.text("builtFrom", advisory.subject().builtFrom());
        json.text("state", advisory.state().word());
        json.objects("affected", advisory.affected(), range -> {
            json.text("introduced", range.introduced());
            json.text("fixed", range.fixed());
            json.text("lastAffected", range.lastAffected());
        });
        json.text("fixedVersion", advisory.fixedVersion());
        ratings(json, "severities", advisory.severities());
        json.text("note", advisory.note());
        json.text("url", advisory.url());
        json.text("published", advisory.published());
        json.text("modified", advisory.modified());
    }

    static void details(JsonOutput json, VulnerabilityDetails details) {
        json.text("id", details.id());
        json.text("feed", details.feed());
        ratings(json, "severities", details.ratings());
        ExploitPrediction prediction = details.exploitPrediction();
        if (prediction == null) {
            json.nothing("exploitPrediction");
        } else {
            json.object("exploitPrediction", () -> {
                json.decimal("score", prediction.score());
                json.decimal("percentile", prediction.percentile());
                json.text("date", prediction.date());
            });
        }
        KnownExploitation exploitation = details.knownExploitation();
        if (exploitation == null) {
            json.nothing("knownExploitation");
        } else {
            json.object("knownExploitation", () -> {
                json.text("added", exploitation.added());
                json.text("due", exploitation.due());
                json.truth("ransomware", exploitation.ransomware());
                json.text("name", exploitation.name());
                json.text("action", exploitation.action());
            });
        }
        json.texts("weaknesses", details.weaknesses());
        json.text("url", details.url());
        json.text("published", details.published());
        json.text("modified", details.modified());
    }

    private static void ratings(JsonOutput json, String name, List<SeverityRating> ratings) {
        json.objects(name, ratings, rating -> {
            json.text("source", rating.source());
            json.text("severity", rating.severity().word());
            json.text("word", rating.word());
            json.text("vector", rating.vector());
            json.decimal("score", rating.score());
        });
    }

    static void difference(JsonOutput json, @Nullable Difference difference) {
        json.number("added", difference == null ? null : difference.added());
        json.number("removed", difference == null ? null : difference.removed());
        json.number("changed", difference == null ? null : difference.changed());
    }
}
