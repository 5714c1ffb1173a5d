package io.limpid.report;

import io.limpid.model.AppliedCorrection;
import io.limpid.model.Corrected;
import io.limpid.model.Correction;
import io.limpid.model.Digest;
import io.limpid.model.Distro;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.FixState;
import io.limpid.model.IdleKernel;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SBOMs: CycloneDX JSON 1.6 (ECMA-424), which {@code limpid scan sbom:FILE} reads back to the same report.
 *
 * <p>Packages that upper layers removed are no components, for whoever reads those takes them for installed: they stand in {@code formulation},
 * the list of what was only there while the image was made. There is no time, no serial number and no verdict.
 */
public final class CycloneDxReportWriter implements ReportWriter {
    private static final String IMAGE = "image";
    private static final String OPERATING_SYSTEM = "operating-system";

    @Override
    public String id() {
        return "cyclonedx";
    }

    @Override
    public void write(Report report, ReportOptions options, OutputStream out) throws IOException {
        JsonOutput.writeObject(out, json -> new Document(json, report).members());
    }

    /** One document being written. */
    private static final class Document {
        private final JsonOutput json;
        private final Report report;
        private final List<InventoryPackage> present;
        private final List<InventoryPackage> removed;
        private final Map<InventoryPackage, String> references = new HashMap<>();
        private final IdleKernel idle;
        private final IdentityHashMap<Finding, Correction> denied = new IdentityHashMap<>();
        /** Also what corrections deny: whoever reads this learns that it was looked at. */
        private final List<Finding> stated;

        Document(JsonOutput json, Report report) {
            this.json = json;
            this.report = report;
            present = ReportOrder.present(report);
            removed = ReportOrder.removed(report);
            Set<String> taken = new HashSet<>(List.of(IMAGE, OPERATING_SYSTEM));
            present.forEach(one -> refer(one, taken));
            removed.forEach(one -> refer(one, taken));
            idle = IdleKernel.of(report);
            stated = new ArrayList<>(ReportOrder.findings(report));
            for (AppliedCorrection one : report.corrections()) {
                for (Finding finding : ReportOrder.sortedFindings(one.denied())) {
                    denied.put(finding, one.correction());
                    stated.add(finding);
                }
            }
        }

        /** The package-url, with a number behind it where several have the same. */
        private void refer(InventoryPackage one, Set<String> taken) {
            String reference = one.purl();
            for (int i = 2; !taken.add(reference); i++) {
                reference = one.purl() + "#" + i;
            }
            references.putIfAbsent(one, reference);
        }

        void members() {
            json.text("bomFormat", "CycloneDX");
            json.text("specVersion", "1.6");
            json.number("version", 1);
            json.object("metadata", this::metadata);
            Distro distro = report.inventory().distro();
            json.list("components", () -> {
                if (distro != null) {
                    json.element(() -> operatingSystem(distro));
                }
                present.forEach(one -> json.element(() -> component(one)));
            });
            if (!report.inventory().problems().isEmpty()) {
                json.objects("compositions", List.of(IMAGE), one -> {
                    json.text("aggregate", "incomplete");
                    json.texts("assemblies", List.of(one));
                });
            }
            json.objects("vulnerabilities", stated, this::vulnerability);
            if (!removed.isEmpty()) {
                json.objects("formulation", List.of(removed), all -> json.objects("components", all, this::component));
            }
        }

        private void metadata() {
            json.object(
                    "tools",
                    () -> json.objects("components", List.of("limpid"), name -> {
                        json.text("type", "application");
                        json.text("name", name);
                    }));
            json.object("component", () -> {
                ScanTarget target = report.target();
                json.text("bom-ref", IMAGE);
                json.text("type", "container");
                json.text("name", target.reference());
                Digest version = target.manifestDigest() == null ? target.imageId() : target.manifestDigest();
                if (version != null) {
                    json.text("version", version);
                }
                json.objects("properties", SbomProperties.ofImage(report), this::property);
            });
        }

        private void operatingSystem(Distro distro) {
            json.text("bom-ref", OPERATING_SYSTEM);
            json.text("type", OPERATING_SYSTEM);
            json.text("name", distro.id());
            String version = distro.versionId() == null ? distro.codename() : distro.versionId();
            if (version != null) {
                json.text("version", version);
            }
        }

        private void component(InventoryPackage one) {
            json.text("bom-ref", references.get(one));
            json.text("type", "library");
            json.text("name", one.value().name());
            json.text("version", one.value().version());
            json.text("purl", one.purl());
            json.objects("properties", SbomProperties.ofPackage(one), this::property);
        }

        private void property(SbomProperties.Property property) {
            json.text("name", property.name());
            json.text("value", property.value());
        }

        private void vulnerability(Finding finding) {
            json.text("id", finding.id());
            json.object("source", () -> {
                json.text("name", finding.feed());
                optional("url", finding.url());
            });
            json.objects("ratings", finding.severities(), this::rating);
            optional("description", finding.description());
            if (finding.fixable() && !denied.containsKey(finding)) {
                json.text(
                        "recommendation",
                        "upgrade " + finding.affected().value().name() + " to " + finding.fixedVersion());
            }
            json.object("analysis", () -> analysis(finding));
            String reference = references.get(finding.affected());
            if (reference != null) {
                json.objects("affects", List.of(reference), one -> {
                    json.text("ref", one);
                    json.objects("versions", List.of(finding.affected().value().version()), version -> {
                        json.text("version", version);
                        json.text("status", status(finding));
                    });
                });
            }
            json.objects("properties", SbomProperties.ofFinding(finding, idle), this::property);
        }

        private void rating(SeverityRating rating) {
            json.object("source", () -> json.text("name", rating.source()));
            if (rating.score() != null) {
                json.decimal("score", rating.score());
            }
            json.text("severity", severity(rating.severity()));
            if (rating.vector() != null) {
                json.text("method", method(rating.vector()));
                json.text("vector", rating.vector());
            }
        }

        private String status(Finding finding) {
            if (denied.containsKey(finding)) {
                return "unaffected";
            }
            return finding.state().definite() ? "affected" : "unknown";
        }

        private void analysis(Finding finding) {
            Correction by = denied.get(finding);
            if (by != null) {
                json.text("state", by.status() == FixState.FIXED ? "resolved" : "not_affected");
                json.text("detail", OverrideWords.of(Corrected.by(by, finding)));
                return;
            }
            // The others say what a publisher knows of the package; nobody has looked at what this image does with it.
            if (finding.state() == FindingState.UNDER_INVESTIGATION || finding.state() == FindingState.UNDECIDED) {
                json.text("state", "in_triage");
            }
            switch (finding.state()) {
                case FIXED, FIXED_IN_PRO -> json.texts("response", List.of("update"));
                case WILL_NOT_FIX, END_OF_LIFE -> json.texts("response", List.of("will_not_fix"));
                default -> {}
            }
            optional("detail", finding.comparison());
        }

        private void optional(String name, @Nullable String value) {
            if (value != null) {
                json.text(name, value);
            }
        }
    }

    /** The format's word, which has none for what is negligible but that for what is only information. */
    private static String severity(Severity severity) {
        return severity == Severity.NEGLIGIBLE ? "info" : severity.word();
    }

    private static String method(String vector) {
        if (vector.startsWith("CVSS:4")) {
            return "CVSSv4";
        }
        if (vector.startsWith("CVSS:3.1")) {
            return "CVSSv31";
        }
        if (vector.startsWith("CVSS:3")) {
            return "CVSSv3";
        }
        return vector.startsWith("AV:") ? "CVSSv2" : "other";
    }
}
