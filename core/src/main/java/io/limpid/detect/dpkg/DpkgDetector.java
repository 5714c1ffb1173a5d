package io.limpid.detect.dpkg;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.MatchingFiles;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.util.List;

/** The packages that dpkg has installed: its status file, or the fragments of one that images without dpkg carry. */
public final class DpkgDetector implements Detector {
    private static final String FRAGMENTS = "var/lib/dpkg/status.d/";
    private static final String JOURNAL = "var/lib/dpkg/updates/";
    private static final List<Wanted> WANTS =
            List.of(Wanted.file("var/lib/dpkg/status"), Wanted.file(FRAGMENTS + "*"), Wanted.file(JOURNAL + "*"));

    private final Limits limits;

    public DpkgDetector(Limits limits) {
        this.limits = limits;
    }

    @Override
    public DetectorId id() {
        return new DetectorId("dpkg", 2);
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
        if (file.path().startsWith(JOURNAL)) {
            return journal(file);
        }
        if (file.path().startsWith(FRAGMENTS)) {
            // Beside the fragments lie lists of check sums, which no rule of naming tells apart for sure.
            boolean isFragment = !file.path().endsWith(".md5sums") && StatusFile.namesPackage(file, limits);
            return isFragment ? StatusFile.fragment(file, limits) : Detection.nothing(file.path());
        }
        return StatusFile.status(file, limits);
    }

    private static Detection journal(LayerFile file) {
        String name = file.path().substring(JOURNAL.length());
        boolean isEntry = name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isEntry || file.content().length == 0) {
            return Detection.nothing(file.path());
        }
        return Detection.unreadable(
                file.path(),
                "an unfinished dpkg run left a journal that dpkg would still apply: the list of packages may be out of"
                        + " date");
    }
}
