package io.limpid.server.clair.detect;

import io.limpid.detect.rpm.RpmDetector;
import io.limpid.format.berkeleydb.BerkeleyDbFile;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.server.clair.ListedFeature;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The binary packages of {@code var/lib/rpm/Packages}, as {@code rpm -qa} lists them with name, epoch where there is one, version and release.
 *
 * <p>Clair runs {@code rpm}, and takes its failure for a layer without packages. Here the file is read without it; one that is no Berkeley DB has no
 * packages, of a damaged one those count that can be read, and the log says so.
 */
final class RpmLister implements FeatureLister {
    private static final Logger log = LoggerFactory.getLogger(RpmLister.class);
    private static final String FILE = "var/lib/rpm/Packages";

    private final Limits limits;
    private final RpmDetector reader;

    RpmLister(Limits limits) {
        this.limits = limits;
        this.reader = new RpmDetector(limits);
    }

    @Override
    public String name() {
        return "rpm";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public Set<ListedFeature> list(LayerFiles files) throws LimpidException {
        Optional<LayerFile> file = files.get(FILE);
        if (file.isEmpty()) {
            return Set.of();
        }
        if (!BerkeleyDbFile.isOne(file.get().content())) {
            tell("it is no Berkeley DB: none of its packages are known");
            return Set.of();
        }
        FeatureList found = new FeatureList(FILE, ReleaseNames.RPM, limits);
        for (Detection detection : reader.detect(LayerFiles.of(List.of(file.get())))) {
            detection.problems().stream().map(Problem::what).forEach(RpmLister::tell);
            for (Package one : detection.packages()) {
                if (found.takes(one.name(), one.version())) {
                    found.add(one.name(), one.version());
                }
            }
        }
        return found.whole();
    }

    private static void tell(String what) {
        log.atWarn()
                .addKeyValue("file", FILE)
                .addKeyValue("problem", what)
                .log("could not read the rpm database whole");
    }
}
