package io.limpid.server.store;

import io.limpid.model.ClairSeverity;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Short words for what tests store. */
final class Stored {
    static final Namespace NAMESPACE = new Namespace("debian:12", "dpkg");

    private Stored() {}

    /** A layer whose features are written as "name version". */
    static IndexedLayer layer(String name, @Nullable String parent, String... features) {
        List<LayerFeature> list = new ArrayList<>();
        for (String feature : features) {
            int space = feature.indexOf(' ');
            list.add(new LayerFeature(fix(feature.substring(0, space), feature.substring(space + 1)), name, List.of()));
        }
        return new IndexedLayer(name, IndexedLayer.ENGINE, parent, NAMESPACE, list);
    }

    static FeatureVersion fix(String feature, String version) {
        return new FeatureVersion(new Feature(NAMESPACE, feature), version);
    }

    static Vulnerability vulnerability(String name, FeatureVersion... fixes) {
        return vulnerability(name, "", ClairSeverity.LOW, null, fixes);
    }

    static Vulnerability vulnerability(
            String name,
            String description,
            ClairSeverity severity,
            @Nullable String metadata,
            FeatureVersion... fixes) {
        return new Vulnerability(0, NAMESPACE, name, description, "", severity, metadata, List.of(fixes), "");
    }

    /** The severity of a vulnerability, and the versions that fix it by the names of packages. */
    static String words(Vulnerability found) {
        Map<String, String> fixes = new TreeMap<>();
        found.fixedIn().forEach(fix -> fixes.put(fix.feature().name(), fix.version()));
        return found.severity().text() + " " + fixes;
    }

    /** Each notification as the names of the old and the new one. */
    static List<String> told(TestDatabases.Fresh fresh) throws Exception {
        return fresh.database()
                .read(connection -> Rows.query(
                        connection,
                        "SELECT coalesce(o.name, '-'), coalesce(w.name, '-') FROM notification n"
                                + " LEFT JOIN vulnerability o ON o.id = n.old_vulnerability_id"
                                + " LEFT JOIN vulnerability w ON w.id = n.new_vulnerability_id ORDER BY n.id",
                        row -> row.getString(1) + " > " + row.getString(2)));
    }
}
