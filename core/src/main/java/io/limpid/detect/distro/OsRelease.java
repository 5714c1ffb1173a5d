package io.limpid.detect.distro;

import io.limpid.detect.ProblemList;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.DistroClue;
import io.limpid.model.Distros;
import io.limpid.model.ImageLabels;
import io.limpid.model.Limits;
import io.limpid.model.OriginClue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads os-release: ID, VERSION_ID and the release's name. */
final class OsRelease {
    private static final List<String> KEYS =
            List.of("ID", "VERSION_ID", "VERSION_CODENAME", "VERSION", "NAME", "PRETTY_NAME", "CPE_NAME");
    private static final String BEFORE_RELEASE = "/sid";

    private OsRelease() {}

    static Detection read(LayerFile file, int rank, Limits limits) {
        ProblemList problems = new ProblemList(file.path(), limits.problems());
        Map<String, String> values = Assignments.read(file.content(), KEYS, limits.lineBytes(), problems);
        List<DistroClue> clues = clues(values, rank, problems);
        return new Detection(file.path(), List.of(), clues, products(values), problems.toList());
    }

    private static List<DistroClue> clues(Map<String, String> values, int rank, ProblemList problems) {
        String id = values.get("ID");
        if (id != null && !Words.isLower(id)) {
            problems.add("it has the ID " + ProblemList.quoted(id) + ", which no distribution has");
            return List.of();
        }
        String versionId = values.get("VERSION_ID");
        if (versionId != null && !versionId.isEmpty() && !Words.isVersion(versionId)) {
            problems.add("it has the VERSION_ID " + ProblemList.quoted(versionId) + ", which no release has");
            versionId = null;
        }
        versionId = versionId == null || versionId.isEmpty() ? null : versionId;
        // CentOS Linux and CentOS Stream have one ID; the NAME tells which it is.
        String edition = id == null ? null : Distros.edition(id, values.getOrDefault("NAME", ""));
        String codename = edition != null ? edition : codename(values);
        List<DistroClue> clues = new ArrayList<>();
        if (versionId == null && "debian".equals(id) && isBeforeRelease(values)) {
            // Testing and unstable have the same file: the sources that packages come from know better.
            clues.add(new DistroClue(rank, id, null, null));
            clues.add(new DistroClue(Ranks.GUESS, id, null, codename));
        } else if (id != null || versionId != null || codename != null) {
            clues.add(new DistroClue(rank, id, versionId, codename));
        }
        return clues;
    }

    /** The product that the distribution is, where it has such a name; to others than Red Hat's advisories it means nothing. */
    private static List<OriginClue> products(Map<String, String> values) {
        String cpe = values.getOrDefault("CPE_NAME", "");
        return ImageLabels.isProduct(cpe) ? List.of(new OriginClue.Product(cpe)) : List.of();
    }

    private static @Nullable String codename(Map<String, String> values) {
        String told = values.getOrDefault("VERSION_CODENAME", "");
        if (Words.isLower(told)) {
            return told;
        }
        // Debian 7 to 9 have it here only: 8 (jessie).
        String version = values.getOrDefault("VERSION", "");
        int open = version.indexOf('(');
        int close = version.indexOf(')', open + 1);
        String inBrackets = open >= 0 && close > open ? version.substring(open + 1, close) : "";
        if (Words.isLower(inBrackets)) {
            return inBrackets;
        }
        return isBeforeRelease(values) ? nameBeforeRelease(values) : null;
    }

    private static boolean isBeforeRelease(Map<String, String> values) {
        return values.getOrDefault("PRETTY_NAME", "").endsWith(BEFORE_RELEASE);
    }

    /** The name in {@code Debian GNU/Linux buster/sid}, or null when there is none. */
    private static @Nullable String nameBeforeRelease(Map<String, String> values) {
        String pretty = values.getOrDefault("PRETTY_NAME", "");
        String name = pretty.substring(pretty.lastIndexOf(' ') + 1, pretty.length() - BEFORE_RELEASE.length());
        return Words.isLower(name) ? name : null;
    }
}
