package io.limpid.detect.distro;

import io.limpid.detect.Lines;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.DistroClue;
import io.limpid.model.DistroFamily;
import io.limpid.model.Distros;
import org.jspecify.annotations.Nullable;

/**
 * Reads the release files that were there before os-release: a line of the distribution's name and version, {@code CentOS Linux release 7.9.2009
 * (Core)}. SuSE-release has more lines, {@code PATCHLEVEL = 4}.
 *
 * <p>What starts with no name that is known tells nothing: a derivative often keeps the file and changes the name.
 */
final class ReleaseLine {
    private static final int LINE_BYTES = 200;
    private static final String PATCH_LEVEL = "PATCHLEVEL";
    private static final String SLES = "sles";

    private ReleaseLine() {}

    static Detection read(LayerFile file, int rank) {
        Lines lines = new Lines(file.content());
        String title = next(lines);
        DistroFamily family = title == null ? null : Distros.titled(title);
        String version = title == null || family == null ? null : version(title);
        if (family == null || version == null) {
            return Detection.nothing(file.path());
        }
        if (family.id().equals(SLES)) {
            version = withServicePack(version, lines);
        }
        return Detection.ofClue(
                file.path(), new DistroClue(rank, family.id(), family.versionId(version), family.edition()));
    }

    private static @Nullable String next(Lines lines) {
        while (lines.next()) {
            String line = lines.length() > LINE_BYTES ? "" : lines.text().strip();
            if (!line.isEmpty()) {
                return line;
            }
        }
        return null;
    }

    /** The first word that is a version, null when there is none. */
    private static @Nullable String version(String title) {
        int start = 0;
        while (start < title.length()) {
            int end = title.indexOf(' ', start);
            String word = title.substring(start, end < 0 ? title.length() : end);
            if (Words.isNumbered(word)) {
                return word;
            }
            start += word.length() + 1;
        }
        return null;
    }

    /** os-release has the service pack in the version: {@code 11.4}, but {@code 12} before the first. */
    private static String withServicePack(String version, Lines lines) {
        for (String line = next(lines); line != null; line = next(lines)) {
            int equals = line.indexOf('=');
            if (equals > 0 && line.substring(0, equals).strip().equals(PATCH_LEVEL)) {
                String level = line.substring(equals + 1).strip();
                boolean isLevel = Words.isNumbered(level) && level.charAt(0) != '0';
                return isLevel ? version + "." + level : version;
            }
        }
        return version;
    }
}
