package io.limpid.report;

import io.limpid.model.AdvisorySource;
import io.limpid.model.Distro;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.Finding;
import io.limpid.model.IdleKernel;
import io.limpid.model.InventoryPackage;
import io.limpid.model.KnownExploitation;
import io.limpid.model.LayerSummary;
import io.limpid.model.Origin;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import io.limpid.model.SeverityRating;
import io.limpid.model.SourcePackage;
import io.limpid.model.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports for programs: one JSON object, its members as {@code docs/report.md} and the published schema describe them.
 *
 * <p>Every member is always there: a list may be empty, any other value that is not known is {@code null}.
 */
public final class JsonReportWriter implements ReportWriter {
    /** Its first number grows when a reader of the old form would go wrong, the second when members are added. */
    public static final String SCHEMA_VERSION = "1.3";

    @Override
    public String id() {
        return "json";
    }

    @Override
    public void write(Report report, ReportOptions options, OutputStream out) throws IOException {
        JsonOutput.writeObject(out, json -> members(json, report));
    }

    private static void members(JsonOutput json, Report report) {
        json.text("schemaVersion", SCHEMA_VERSION);
        json.object("target", () -> target(json, report.target()));
        Distro distro = report.inventory().distro();
        if (distro == null) {
            json.nothing("distro");
        } else {
            json.object("distro", () -> distro(json, distro));
        }
        json.object("verdict", () -> verdict(json, report.verdict()));
        json.object("origin", () -> origin(json, report.inventory().origin()));
        json.objects("layers", ReportOrder.layers(report), one -> layer(json, one));
        json.objects("packages", ReportOrder.packages(report), one -> listed(json, one));
        IdleKernel idle = IdleKernel.of(report);
        json.objects("findings", ReportOrder.findings(report), one -> finding(json, one, idle));
        json.objects("problems", ReportOrder.problems(report), one -> problem(json, one));
        json.objects("advisories", ReportOrder.advisories(report), one -> advisories(json, one));
        json.objects(
                "overrides",
                report.corrections(),
                one -> CorrectionMembers.write(json, one, denied -> finding(json, denied, idle)));
        json.object("summary", () -> summary(json, ReportSummary.of(report)));
    }

    private static void target(JsonOutput json, ScanTarget target) {
        json.text("kind", target.kind());
        json.text("reference", target.reference());
        json.text("imageId", target.imageId());
        json.text("manifestDigest", target.manifestDigest());
        json.text("platform", target.platform());
    }

    private static void distro(JsonOutput json, Distro distro) {
        json.text("id", distro.id());
        json.text("versionId", distro.versionId());
        json.text("codename", distro.codename());
        json.text("namespace", distro.namespace());
        json.text("endOfLife", distro.endOfLife());
    }

    private static void origin(JsonOutput json, Origin origin) {
        json.texts("products", ReportOrder.sorted(origin.products()));
        json.texts("contentSets", ReportOrder.sorted(origin.contentSets()));
        json.texts("moduleStreams", ReportOrder.sorted(origin.moduleStreams()));
        json.objects("builds", ReportOrder.builds(origin), one -> {
            json.text("component", one.component());
            json.text("name", one.name());
            json.text("version", one.version());
            json.text("release", one.release());
            json.text("arch", one.arch());
        });
    }

    private static void verdict(JsonOutput json, Verdict verdict) {
        json.text("result", verdict.result().word());
        json.truth("complete", verdict.complete());
        json.texts("reasons", ReportOrder.sorted(verdict.reasons()));
        json.truth("endOfLife", verdict.endOfLife());
        json.texts("notes", ReportOrder.sorted(verdict.notes()));
    }

    private static void layer(JsonOutput json, LayerSummary layer) {
        json.number("index", layer.index());
        json.text("diffId", layer.diffId());
        json.text("digest", layer.digest());
        json.text("createdBy", layer.createdBy());
        json.number("sizeBytes", layer.sizeBytes());
        json.truth("verified", layer.verified());
    }

    private static void listed(JsonOutput json, InventoryPackage one) {
        Package value = one.value();
        json.text("type", value.type());
        json.text("name", value.name());
        json.text("version", value.version());
        json.text("arch", value.arch());
        SourcePackage source = value.source();
        if (source == null) {
            json.nothing("source");
        } else {
            json.object("source", () -> {
                json.text("name", source.name());
                json.text("version", source.version());
            });
        }
        json.text("module", value.module());
        json.text("purl", one.purl());
        json.text("location", location(one));
        json.number("layer", one.layer());
        json.text("ownedBy", one.ownedBy());
        json.number("removedInLayer", one.removedInLayer());
        json.text("repository", one.repository());
    }

    private static void finding(JsonOutput json, Finding finding, IdleKernel idle) {
        json.text("id", finding.id());
        json.texts("aliases", ReportOrder.sorted(finding.aliases()));
        InventoryPackage affected = finding.affected();
        json.object("package", () -> {
            json.text("type", affected.value().type());
            json.text("name", affected.value().name());
            json.text("version", affected.value().version());
            json.text("purl", affected.purl());
            json.text("location", location(affected));
        });
        json.number("layer", affected.layer());
        json.text("severity", finding.severity().word());
        json.text("severitySource", finding.severitySource());
        json.objects("severities", finding.severities(), one -> rating(json, one));
        json.text("state", finding.state().word());
        json.text("fixedVersion", finding.fixedVersion());
        json.object("advisory", () -> {
            json.text("feed", finding.feed());
            json.text("url", finding.url());
        });
        json.object("scores", () -> scores(json, finding));
        json.text("comparison", finding.comparison());
        json.text("note", finding.note());
        json.text("class", idle.holds(finding) ? IdleKernel.WORD : null);
        CorrectionMembers.write(json, finding.corrected());
    }

    private static void scores(JsonOutput json, Finding finding) {
        json.objects("cvss", vectors(finding), one -> {
            json.text("source", one.source());
            json.text("vector", one.vector());
            json.decimal("score", one.score());
        });
        ExploitPrediction prediction = finding.exploitPrediction();
        json.decimal("epss", prediction == null ? null : Double.valueOf(prediction.score()));
        json.decimal("epssPercentile", prediction == null ? null : prediction.percentile());
        json.text("epssDate", prediction == null ? null : prediction.date());
        KnownExploitation exploitation = finding.knownExploitation();
        if (exploitation == null) {
            // That nobody has said so is not that it is not so.
            json.nothing("kev");
            json.nothing("kevAdded");
            json.nothing("kevDue");
            json.nothing("kevRansomware");
        } else {
            json.truth("kev", true);
            json.text("kevAdded", exploitation.added());
            json.text("kevDue", exploitation.due());
            json.truth("kevRansomware", exploitation.ransomware());
        }
    }

    private static void rating(JsonOutput json, SeverityRating rating) {
        json.text("source", rating.source());
        json.text("severity", rating.severity().word());
        json.text("word", rating.word());
        json.text("vector", rating.vector());
        json.decimal("score", rating.score());
    }

    private static List<SeverityRating> vectors(Finding finding) {
        List<SeverityRating> vectors = new ArrayList<>();
        for (SeverityRating rating : finding.severities()) {
            if (rating.vector() != null) {
                vectors.add(rating);
            }
        }
        return vectors;
    }

    private static @Nullable String location(InventoryPackage one) {
        String location = one.value().location();
        return location.isEmpty() ? null : location;
    }

    private static void problem(JsonOutput json, Problem problem) {
        json.number("layer", problem.layer());
        json.text("path", problem.path());
        json.text("what", problem.what());
    }

    private static void advisories(JsonOutput json, AdvisorySource source) {
        json.text("feed", source.feed());
        json.text("namespace", source.namespace());
        json.number("records", source.records());
        json.text("dataDate", source.dataDate());
        json.text("fetchedAt", source.fetchedAt());
        json.text("note", source.note());
    }

    private static void summary(JsonOutput json, ReportSummary summary) {
        json.number("packages", summary.packages());
        json.number("removedPackages", summary.removed());
        json.object("packagesByType", () -> summary.packagesByType().forEach(json::number));
        json.number("findings", summary.findings());
        json.object(
                "findingsBySeverity",
                () -> summary.findingsBySeverity().forEach((severity, count) -> json.number(severity.word(), count)));
        json.number("fixable", summary.fixable());
        json.number("undecided", summary.undecided());
        json.number("kernelNotRunning", summary.kernel());
        json.number("denied", summary.denied());
        json.number("problems", summary.problems());
        json.number("layers", summary.layers());
    }
}
