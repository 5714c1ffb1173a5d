package io.limpid.report;

import io.limpid.model.Corrected;
import io.limpid.model.Distro;
import io.limpid.model.Finding;
import io.limpid.model.IdleKernel;
import io.limpid.model.InventoryPackage;
import io.limpid.model.LayerSummary;
import io.limpid.model.Origin;
import io.limpid.model.OriginClue;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.model.SbomTerms;
import io.limpid.model.ScanTarget;
import io.limpid.model.SourcePackage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an SBOM says by properties of ours, for its format has no member for it; what is not known is left out. */
final class SbomProperties {

    /** A name and what it says. */
    record Property(String name, String value) {}

    private final List<Property> all = new ArrayList<>();

    private SbomProperties() {}

    static List<Property> ofImage(Report report) {
        SbomProperties properties = new SbomProperties();
        properties.add(SbomTerms.FORM, SbomTerms.FORM_VALUE);
        ScanTarget target = report.target();
        properties.add(SbomTerms.OURS + "imageId", target.imageId());
        properties.add(SbomTerms.OURS + "manifestDigest", target.manifestDigest());
        properties.add(SbomTerms.OURS + "platform", target.platform());
        Distro distro = report.inventory().distro();
        if (distro != null) {
            properties.add(SbomTerms.DISTRO_ID, distro.id());
            properties.add(SbomTerms.DISTRO_VERSION_ID, distro.versionId());
            properties.add(SbomTerms.DISTRO_CODENAME, distro.codename());
        }
        ReportOrder.layers(report).forEach(properties::layer);
        properties.origin(report.inventory().origin());
        int index = 0;
        for (Problem problem : ReportOrder.problems(report)) {
            properties.problem(SbomTerms.PROBLEM + index++ + ":", problem);
        }
        return properties.all;
    }

    static List<Property> ofPackage(InventoryPackage one) {
        SbomProperties properties = new SbomProperties();
        Package value = one.value();
        properties.add(SbomTerms.PACKAGE_LISTED_BY, value.isOfDocument() ? SbomTerms.DOCUMENT : SbomTerms.DATABASE);
        properties.add(SbomTerms.PACKAGE_ARCH, value.arch());
        SourcePackage source = value.source();
        if (source != null) {
            properties.add(SbomTerms.PACKAGE_SOURCE, source.name());
            if (!source.version().equals(value.version())) {
                properties.add(SbomTerms.PACKAGE_SOURCE_VERSION, source.version());
            }
        }
        properties.add(SbomTerms.PACKAGE_MODULE, value.module());
        properties.add(SbomTerms.PACKAGE_LOCATION, value.location().isEmpty() ? null : value.location());
        properties.add(SbomTerms.PACKAGE_LAYER, one.layer());
        properties.add(SbomTerms.PACKAGE_OWNED_BY, one.ownedBy());
        properties.add(SbomTerms.PACKAGE_REMOVED_IN, one.removedInLayer());
        properties.add(SbomTerms.PACKAGE_REPOSITORY, one.repository());
        return properties.all;
    }

    /** For people and programs; no scan of the document believes it. */
    static List<Property> ofFinding(Finding finding, IdleKernel idle) {
        SbomProperties properties = new SbomProperties();
        properties.add(SbomTerms.OURS + "finding:state", finding.state().word());
        properties.add(SbomTerms.OURS + "finding:severity", finding.severity().word());
        properties.add(SbomTerms.OURS + "finding:fixedVersion", finding.fixedVersion());
        properties.add(SbomTerms.OURS + "finding:class", idle.holds(finding) ? IdleKernel.WORD : null);
        Corrected corrected = finding.corrected();
        if (corrected != null) {
            properties.add(SbomTerms.OURS + "finding:override", OverrideWords.of(corrected));
        }
        ReportOrder.sorted(finding.aliases()).forEach(alias -> properties.add(SbomTerms.OURS + "finding:alias", alias));
        return properties.all;
    }

    private void layer(LayerSummary layer) {
        String name = SbomTerms.LAYER + layer.index() + ":";
        add(name + "diffId", layer.diffId());
        add(name + "digest", layer.digest());
        add(name + "createdBy", layer.createdBy());
        add(name + "sizeBytes", layer.sizeBytes());
        add(name + "verified", layer.verified());
    }

    private void origin(Origin origin) {
        ReportOrder.sorted(origin.products()).forEach(one -> add(SbomTerms.PRODUCT, one));
        ReportOrder.sorted(origin.contentSets()).forEach(one -> add(SbomTerms.CONTENT_SET, one));
        ReportOrder.sorted(origin.moduleStreams()).forEach(one -> add(SbomTerms.MODULE_STREAM, one));
        int index = 0;
        for (OriginClue.ImageBuild build : ReportOrder.builds(origin)) {
            String name = SbomTerms.BUILD + index++ + ":";
            add(name + "component", build.component());
            add(name + "name", build.name());
            add(name + "version", build.version());
            add(name + "release", build.release());
            add(name + "arch", build.arch());
        }
    }

    private void problem(String name, Problem problem) {
        add(name + "layer", problem.layer());
        add(name + "path", problem.path());
        add(name + "what", problem.what());
    }

    private void add(String name, @Nullable Object value) {
        if (value != null) {
            all.add(new Property(name, value.toString()));
        }
    }
}
