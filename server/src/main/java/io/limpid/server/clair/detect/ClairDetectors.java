package io.limpid.server.clair.detect;

import io.limpid.layer.LayerFiles;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.server.clair.ListedFeature;
import io.limpid.server.clair.Namespace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The detectors that a layer is read with.
 *
 * @param namespaces in the order in which they are asked; the first that knows an answer is believed
 * @param listers all are asked
 */
public record ClairDetectors(List<NamespaceDetector> namespaces, List<FeatureLister> listers) {

    /** What the files of a layer say: its namespace if they name one, and what all listers list. */
    public record Detected(Optional<Namespace> namespace, List<ListedFeature> features) {}

    public ClairDetectors {
        namespaces = List.copyOf(namespaces);
        listers = List.copyOf(listers);
    }

    /**
     * Those of API v1.
     *
     * <p>The original asks for the namespace in random order, so that a layer whose files disagree gets one or the other. Here those come first whose
     * answer is the name that vulnerabilities are filed under: {@code os-release} (Amazon Linux is {@code amzn:2} there and {@code amazon:2} in
     * {@code system-release}; it is silent where a {@code redhat-release} is), then the release files of one distribution, then {@code lsb-release},
     * which derived distributions leave as they found it, and last the package sources, which may name several releases and aliases that moved on.
     */
    public static ClairDetectors v1(Limits limits) {
        return new ClairDetectors(
                List.of(
                        new OsReleaseDetector(),
                        new RedhatReleaseDetector(),
                        new AlpineReleaseDetector(),
                        new LsbReleaseDetector(),
                        new AptSourcesDetector()),
                List.of(new DpkgLister(limits), new ApkLister(limits), new RpmLister(limits)));
    }

    /** The files that any of them looks at. */
    public Set<String> files() {
        Set<String> files = new TreeSet<>();
        namespaces.forEach(detector -> files.addAll(detector.files()));
        listers.forEach(lister -> files.addAll(lister.files()));
        return files;
    }

    /**
     * Asks all of them.
     *
     * @throws LimpidException when more is listed than the limits allow
     */
    public Detected detect(LayerFiles files) throws LimpidException {
        Optional<Namespace> namespace = Optional.empty();
        for (NamespaceDetector detector : namespaces) {
            namespace = detector.detect(files);
            if (namespace.isPresent()) {
                break;
            }
        }
        Set<ListedFeature> features = new LinkedHashSet<>();
        for (FeatureLister lister : listers) {
            features.addAll(lister.list(files));
        }
        return new Detected(namespace, new ArrayList<>(features));
    }
}
