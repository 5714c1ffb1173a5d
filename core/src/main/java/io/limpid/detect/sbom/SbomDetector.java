package io.limpid.detect.sbom;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.MatchingFiles;
import io.limpid.detect.ProblemList;
import io.limpid.format.Printable;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.model.Wanted;
import io.limpid.sbom.SbomReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What SBOMs in the image list: those of Bitnami, of apk packages, of buildpacks, and others where they usually lie.
 *
 * <p>A document is what somebody says, no package manager's own list; so its packages are listed with the document as where they were found.
 */
public final class SbomDetector implements Detector {
    /** Each of them is about one apk package: what it was built from is not in the image. */
    private static final String OF_APK = "var/lib/db/sbom/";

    private static final Set<String> OF_OPERATING_SYSTEMS = Set.of("apk", "deb", "rpm");
    private static final int SHOWN = 300;

    private static final List<Wanted> WANTS = Stream.of(
                    OF_APK + "*.spdx.json",
                    "opt/bitnami/.spdx-*.spdx",
                    "opt/bitnami/*/.spdx-*.spdx",
                    "opt/bitnami/*/*/.spdx-*.spdx",
                    "opt/docker/sbom/*.spdx.json",
                    "opt/docker/sbom/*/*.spdx.json",
                    "layers/sbom/launch/*/sbom.cdx.json",
                    "layers/sbom/launch/*/*/sbom.cdx.json",
                    "*.spdx.json",
                    "*.cdx.json",
                    "sbom.json",
                    "bom.json",
                    "sbom/*.json",
                    "app/*.spdx.json",
                    "app/*.cdx.json",
                    "app/META-INF/sbom/*.cdx.json",
                    "workspace/META-INF/sbom/*.cdx.json",
                    "usr/share/sbom/*.json",
                    "usr/local/share/sbom*.json",
                    "usr/local/share/sbom/*.json")
            .map(pattern -> Wanted.file(pattern).readAs(pattern.startsWith(OF_APK) ? "apk" : "sbom"))
            .toList();

    private final Limits limits;

    public SbomDetector(Limits limits) {
        this.limits = limits;
    }

    @Override
    public DetectorId id() {
        return new DetectorId("sbom", 1);
    }

    @Override
    public List<Wanted> wants() {
        return WANTS;
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        List<Detection> detections = new ArrayList<>();
        int left = limits.wantedEntries();
        for (LayerFile file : MatchingFiles.of(files, WANTS)) {
            Detection detection = read(file, left);
            left -= detection.packages().size();
            detections.add(detection);
        }
        return detections;
    }

    private Detection read(LayerFile file, int most) {
        String path = file.path();
        try {
            var inventory = SbomReader.read(file.content(), limits).inventory();
            boolean ofApk = path.startsWith(OF_APK);
            List<Package> packages = inventory.packages().stream()
                    .filter(one ->
                            !ofApk || OF_OPERATING_SYSTEMS.contains(one.value().type()))
                    .map(one -> inImage(one, path))
                    .toList();
            if (packages.size() > most) {
                return Detection.unreadable(
                        path,
                        "with it the layer's SBOMs list more than " + limits.wantedEntries()
                                + " packages (limit wanted-entries): those of this one are missing from the list");
            }
            ProblemList problems = new ProblemList(path, limits.problems());
            if (!ofApk) {
                inventory.problems().stream().map(Problem::what).forEach(problems::add);
            }
            return new Detection(path, packages, List.of(), problems.toList());
        } catch (LimpidException e) {
            return Detection.unreadable(
                    path,
                    "an SBOM that cannot be read: "
                            + Printable.cut(Objects.requireNonNullElse(e.reason(), e.what()), SHOWN)
                            + ": what it lists is missing from the list");
        }
    }

    private static Package inImage(InventoryPackage one, String path) {
        Package value = one.value();
        return new Package(
                value.type(),
                value.name(),
                value.version(),
                value.arch(),
                value.source(),
                value.module(),
                path,
                one.purl());
    }
}
