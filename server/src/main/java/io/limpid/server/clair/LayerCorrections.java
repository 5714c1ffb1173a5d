package io.limpid.server.clair;

import io.limpid.model.ClairSeverity;
import io.limpid.model.Correction;
import io.limpid.model.Distros;
import io.limpid.model.FixState;
import io.limpid.version.Answer;
import io.limpid.version.Order;
import io.limpid.version.Standing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Local corrections as they are applied to what the database says of a layer.
 *
 * <p>As in a scan the first counts of those on one vulnerability in one package, and one whose versions cannot be compared with the installed one changes and
 * denies nothing. Packages are Clair's features, versions stand in Clair's order, and a release is that of the feature's namespace.
 */
public final class LayerCorrections {
    /** By the vulnerability, those of each in the order of the file. */
    private final Map<String, List<Correction>> byId = new HashMap<>();
    /** Those that also state what nobody published, by the package. */
    private final Map<String, List<Correction>> adding = new HashMap<>();

    /**
     * Applies these.
     *
     * @param corrections in the order of their file
     */
    public LayerCorrections(List<Correction> corrections) {
        for (Correction correction : corrections) {
            byId.computeIfAbsent(Correction.key(correction.id()), _ -> new ArrayList<>())
                    .add(correction);
            if (correction.adds()) {
                adding.computeIfAbsent(correction.packageName(), _ -> new ArrayList<>())
                        .add(correction);
            }
        }
    }

    /**
     * A layer as they leave it.
     *
     * @param layer with its vulnerabilities
     * @param day on which they must still hold
     */
    public CorrectedLayer correct(IndexedLayer layer, LocalDate day) {
        return byId.isEmpty() ? CorrectedLayer.unchanged(layer) : new Correcting(day).correct(layer);
    }

    /** One application. */
    private final class Correcting {
        private final LocalDate day;
        private final List<DeniedVulnerability> denied = new ArrayList<>();
        /** By the names of namespaces, of which a layer has one or two. */
        private final Map<String, Set<String>> releases = new HashMap<>();

        Correcting(LocalDate day) {
            this.day = day;
        }

        CorrectedLayer correct(IndexedLayer layer) {
            List<LayerFeature> features = new ArrayList<>(layer.features().size());
            for (LayerFeature feature : layer.features()) {
                features.add(new LayerFeature(feature.version(), feature.addedBy(), vulnerabilities(feature)));
            }
            IndexedLayer corrected = new IndexedLayer(
                    layer.name(), layer.engineVersion(), layer.parent(), layer.namespace(), List.copyOf(features));
            return new CorrectedLayer(corrected, denied);
        }

        private List<Vulnerability> vulnerabilities(LayerFeature feature) {
            FeatureVersion version = feature.version();
            List<Vulnerability> left = new ArrayList<>(feature.affectedBy().size());
            Set<String> known = new HashSet<>();
            for (Vulnerability published : feature.affectedBy()) {
                known.add(Correction.key(published.name()));
                corrected(version, published).ifPresent(left::add);
            }
            for (Correction correction : adding.getOrDefault(version.feature().name(), List.of())) {
                String key = Correction.key(correction.id());
                if (!known.contains(key)) {
                    Optional<Vulnerability> added = added(version, correction);
                    added.ifPresent(left::add);
                    added.ifPresent(_ -> known.add(key));
                }
            }
            return List.copyOf(left);
        }

        /** Empty when it is denied. */
        private Optional<Vulnerability> corrected(FeatureVersion version, Vulnerability published) {
            for (Correction correction : about(version, published.name())) {
                Standing standing = standing(correction, version);
                if (standing.within() == Answer.YES && !standing.isUndecided()) {
                    if (standing.denies() == Answer.YES) {
                        denied.add(new DeniedVulnerability(version, published, correction));
                        return Optional.empty();
                    }
                    return Optional.of(changed(published, correction));
                }
            }
            return Optional.of(published);
        }

        /** Empty when the correction does not say that it is there, or an earlier one says something of it. */
        private Optional<Vulnerability> added(FeatureVersion version, Correction correction) {
            List<Correction> about = about(version, correction.id());
            Standing standing = standing(correction, version);
            int at = about.indexOf(correction);
            if (at < 0
                    || standing.within() == Answer.NO
                    || about.subList(0, at).stream().anyMatch(earlier -> states(earlier, version))) {
                return Optional.empty();
            }
            return standing.isUndecided() || standing.denies() == Answer.NO
                    ? Optional.of(stated(version, correction, standing.isUndecided()))
                    : Optional.empty();
        }

        /** Those that hold for a vulnerability in a package, whatever its version. */
        private List<Correction> about(FeatureVersion version, String name) {
            return byId.getOrDefault(Correction.key(name), List.of()).stream()
                    .filter(correction -> correction.holdsOn(day)
                            && correction.isNamed(version.feature().name())
                            && isAbout(correction, version.feature().namespace()))
                    .toList();
        }

        private boolean isAbout(Correction correction, Namespace namespace) {
            return correction.namespace() == null
                    || releases.computeIfAbsent(namespace.name(), Distros::ofClair)
                            .contains(correction.namespace());
        }
    }

    private static boolean states(Correction correction, FeatureVersion version) {
        return correction.status() != null && standing(correction, version).within() == Answer.YES;
    }

    private static Standing standing(Correction correction, FeatureVersion installed) {
        return Standing.of(correction, other -> order(installed, other));
    }

    private static Order order(FeatureVersion installed, String other) {
        try {
            return Order.of(VersionFormats.compare(
                    installed.feature().namespace().versionFormat(), installed.version(), other));
        } catch (ClairException _) {
            return Order.UNDECIDED;
        }
    }

    private static Vulnerability changed(Vulnerability published, Correction correction) {
        FixState before = published.fixedBy().isEmpty() ? FixState.AFFECTED : FixState.FIXED;
        FixState state = correction.status() == null ? before : correction.status();
        String fixedBy = correction.status() == null ? published.fixedBy() : fixedBy(correction);
        ClairSeverity severity =
                correction.severity() == null ? published.severity() : LocalChange.severity(correction.severity());
        if (state == before && fixedBy.equals(published.fixedBy()) && severity == published.severity()) {
            return published;
        }
        return new Vulnerability(
                published.id(),
                published.namespace(),
                published.name(),
                published.description(),
                published.link(),
                severity,
                published.metadata(),
                published.fixedIn(),
                fixedBy,
                new LocalChange(correction, false, LocalChange.Published.of(published)));
    }

    private static Vulnerability stated(FeatureVersion version, Correction correction, boolean isUndecided) {
        return new Vulnerability(
                0,
                version.feature().namespace(),
                correction.shownId(),
                correction.reason(),
                "",
                correction.severity() == null ? ClairSeverity.UNKNOWN : LocalChange.severity(correction.severity()),
                null,
                List.of(),
                fixedBy(correction),
                new LocalChange(correction, isUndecided, null));
    }

    private static String fixedBy(Correction correction) {
        return correction.fixedVersion() == null ? "" : correction.fixedVersion();
    }
}
