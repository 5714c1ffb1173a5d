package io.limpid.detect.distro;

import io.limpid.detect.Lines;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.DistroClue;

/** Reads files that are a version and nothing else: alpine-release and debian_version. */
final class VersionFile {
    private static final int VERSION_BYTES = 64;

    private VersionFile() {}

    static Detection alpine(LayerFile file) {
        String version = version(file);
        return Words.isNumbered(version)
                ? Detection.ofClue(file.path(), new DistroClue(Ranks.ALPINE_RELEASE, "alpine", version, null))
                : Detection.nothing(file.path());
    }

    /**
     * Reads {@code 12.5} as Debian's os-release has it: {@code 12}.
     *
     * <p>{@code trixie/sid} says nothing: Ubuntu writes that too, and it is as true of testing as of unstable.
     */
    static Detection debian(LayerFile file) {
        String version = version(file);
        int point = version.indexOf('.');
        String major = point < 0 ? version : version.substring(0, point);
        boolean isNumber = !major.isEmpty() && major.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber && Words.isNumbered(version)
                ? Detection.ofClue(file.path(), new DistroClue(Ranks.DEBIAN_VERSION, "debian", major, null))
                : Detection.nothing(file.path());
    }

    private static String version(LayerFile file) {
        Lines lines = new Lines(file.content());
        return lines.next() && lines.length() <= VERSION_BYTES ? lines.text().strip() : "";
    }
}
