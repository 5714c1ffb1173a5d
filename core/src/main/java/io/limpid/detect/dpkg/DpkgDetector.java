package io.limpid.detect.dpkg;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.Lines;
import io.limpid.detect.MatchingFiles;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.util.List;
import java.util.regex.Pattern;

/** The packages that dpkg has installed: its status file, or the fragments of one that images without dpkg carry. */
public final class DpkgDetector implements Detector {
    private static final String FRAGMENTS = "var/lib/dpkg/status.d/";
    private static final String JOURNAL = "var/lib/dpkg/updates/";
    private static final List<Wanted> WANTS =
            List.of(Wanted.file("var/lib/dpkg/status"), Wanted.file(FRAGMENTS + "*"), Wanted.file(JOURNAL + "*"));

    /** How a line of md5sum(1) starts. */
    private static final Pattern CHECK_SUM = Pattern.compile("[0-9a-f]{32} [ *]");

    private static final int CHECK_SUM_START = 34;

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
            return isCheckSums(file) ? Detection.nothing(file.path()) : StatusFile.fragment(file, limits);
        }
        return StatusFile.status(file, limits);
    }

    /** Beside the fragments lie lists of check sums, which not every builder names {@code *.md5sums}. */
    private static boolean isCheckSums(LayerFile file) {
        if (file.path().endsWith(".md5sums")) {
            return true;
        }
        Lines lines = new Lines(file.content());
        while (lines.next()) {
            if (!CHECK_SUM
                    .matcher(lines.text(lines.start(), Math.min(lines.end(), lines.start() + CHECK_SUM_START)))
                    .matches()) {
                return false;
            }
        }
        return lines.number() > 0;
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
