package io.limpid.server.api.v1;

import io.limpid.model.ClairSeverity;
import io.limpid.model.Limits;
import io.limpid.server.api.v1.GoType.Basic;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.VersionFormats;
import io.limpid.server.clair.Vulnerability;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What JSON objects mean, both ways. */
final class Models {
    /** How clients write that nothing fixes it. */
    private static final String NONE = "None";

    private Models() {}

    /** A vulnerability as a client means it, checked in Clair's order. */
    static Vulnerability vulnerability(GoObject from) throws ClairException {
        ClairSeverity severity = ClairSeverity.of(from.text("Severity"))
                .orElseThrow(() -> new ClairException(ClairError.SEVERITY_INVALID));
        List<FeatureVersion> fixes = new ArrayList<>();
        for (GoObject fix : from.list("FixedIn")) {
            fixes.add(fix(fix));
        }
        SortedMap<String, @Nullable Object> metadata = from.anything("Metadata");
        return new Vulnerability(
                0,
                new Namespace(from.text("NamespaceName"), ""),
                from.text("Name"),
                from.text("Description"),
                from.text("Link"),
                severity,
                metadata == null ? null : GoEncoder.text(metadata),
                List.copyOf(fixes),
                "");
    }

    /** A fix as a client means it. */
    static FeatureVersion fix(GoObject from) throws ClairException {
        String format = from.text("VersionFormat");
        String version = from.text("Version");
        if (version.equals(NONE)) {
            version = VersionFormats.HIGHEST;
        } else if (!VersionFormats.isKnown(format)) {
            throw new ClairException(ClairError.VERSION_FORMAT_UNKNOWN);
        } else if (!VersionFormats.isValid(format, version)) {
            throw new ClairException(ClairError.VERSION_INVALID);
        }
        return new FeatureVersion(
                new Feature(new Namespace(from.text("NamespaceName"), format), from.text("Name")), version);
    }

    /** A vulnerability as it is told outside of a layer. */
    static GoObject vulnerability(Vulnerability from, boolean tellsFixes) {
        GoObject object = bare(from);
        return tellsFixes ? object.with("FixedIn", fixes(from)) : object;
    }

    /** The versions that fix a vulnerability. */
    static List<GoObject> fixes(Vulnerability from) {
        return from.fixedIn().stream().map(Models::fix).toList();
    }

    /** A feature of a layer, with what affects it. */
    static GoObject feature(LayerFeature from) {
        List<GoObject> vulnerabilities = new ArrayList<>(from.affectedBy().size());
        for (Vulnerability each : from.affectedBy()) {
            boolean isFixed = !each.fixedBy().equals(VersionFormats.HIGHEST);
            vulnerabilities.add(bare(each).with("FixedBy", isFixed ? each.fixedBy() : null));
        }
        return feature(from.version().feature(), from.version().version())
                .with("Vulnerabilities", vulnerabilities)
                .with("AddedBy", from.addedBy());
    }

    private static GoObject fix(FeatureVersion from) {
        boolean isNever = from.version().equals(VersionFormats.HIGHEST);
        return feature(from.feature(), isNever ? NONE : from.version());
    }

    private static GoObject feature(Feature feature, String version) {
        return new GoObject(Shapes.FEATURE)
                .with("Name", feature.name())
                .with("NamespaceName", feature.namespace().name())
                .with("VersionFormat", feature.namespace().versionFormat())
                .with("Version", version);
    }

    private static GoObject bare(Vulnerability from) {
        return new GoObject(Shapes.VULNERABILITY)
                .with("Name", from.name())
                .with("NamespaceName", from.namespace().name())
                .with("Description", from.description())
                .with("Link", from.link())
                .with("Severity", from.severity().text())
                .with("Metadata", metadata(from));
    }

    private static @Nullable Object metadata(Vulnerability from) {
        Object published = metadata(from.metadata());
        return from.change() == null ? published : Overrides.metadata(published, from.change());
    }

    /** What was stored as text, sorted as Go sorts it; null when it is no object. */
    private static @Nullable Object metadata(@Nullable String text) {
        if (text == null) {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return GoDecoder.decodeAny(Basic.ANYTHING, bytes, bytes.length, Limits.DEFAULT.jsonDepth() + 1);
        } catch (GoJsonException _) {
            return null;
        }
    }
}
