package io.limpid.detect.redhat;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.MatchingFiles;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.util.List;

/**
 * What Red Hat's build system says in an image of its build: the content sets, the labels and the name of each Dockerfile.
 *
 * <p>An image that is made from others has the files of all of them.
 */
public final class RedhatDetector implements Detector {
    private static final String DOCKERFILE = "root/buildinfo/Dockerfile-";
    private static final String LABELS = "/labels.json";
    private static final List<Wanted> WANTS = List.of(
            Wanted.file("root/buildinfo/content_manifests/*.json"),
            Wanted.file(DOCKERFILE + "*"),
            Wanted.file("root/buildinfo" + LABELS),
            // Images that are booted have no such folder in root's home.
            Wanted.file("usr/share/buildinfo/*.json"));

    private final Limits limits;

    public RedhatDetector(Limits limits) {
        this.limits = limits;
    }

    @Override
    public DetectorId id() {
        return new DetectorId("redhat", 1);
    }

    @Override
    public List<Wanted> wants() {
        return WANTS;
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        return MatchingFiles.of(files, WANTS).stream().map(this::read).toList();
    }

    private Detection read(LayerFile file) {
        String path = file.path();
        if (path.startsWith(DOCKERFILE)) {
            return Dockerfile.read(file, path.substring(DOCKERFILE.length()), limits);
        }
        return path.endsWith(LABELS) ? BuildFile.labels(file, limits) : BuildFile.contentSets(file, limits);
    }
}
