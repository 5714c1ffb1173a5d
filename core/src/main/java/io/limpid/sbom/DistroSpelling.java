package io.limpid.sbom;

import io.limpid.model.Distro;
import io.limpid.model.Distros;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the distribution behind the names that tools give it: {@code rhel-8.6}, {@code oracle-8}, {@code bookworm}. */
final class DistroSpelling {
    /** Other names, lower case, to os-release's ID. */
    private static final Map<String, String> IDS = Map.ofEntries(
            Map.entry("alma", "almalinux"),
            Map.entry("alpine linux", "alpine"),
            Map.entry("amazon", "amzn"),
            Map.entry("amazon linux", "amzn"),
            Map.entry("amazonlinux", "amzn"),
            Map.entry("debian gnu/linux", "debian"),
            Map.entry("opensuse.leap", "opensuse-leap"),
            Map.entry("opensuse.tumbleweed", "opensuse-tumbleweed"),
            Map.entry("oracle", "ol"),
            Map.entry("oracle linux", "ol"),
            Map.entry("oraclelinux", "ol"),
            Map.entry("red hat enterprise linux", "rhel"),
            Map.entry("redhat", "rhel"),
            Map.entry("rocky linux", "rocky"),
            Map.entry("rockylinux", "rocky"),
            Map.entry("suse linux enterprise server", "sles"));

    private DistroSpelling() {}

    /** The distribution of a package-url's {@code distro} qualifier: {@code ID-VERSION_ID}, an ID or a codename alone; null when it is empty. */
    static @Nullable Distro ofQualifier(String qualifier) {
        String text = qualifier.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            return null;
        }
        String byCodename = Distros.idOf(text);
        if (byCodename != null) {
            return Distros.of(byCodename, Distros.versionIdOf(byCodename, text), text);
        }
        int dash = text.lastIndexOf('-');
        if (dash <= 0 || dash == text.length() - 1) {
            return of(text, null, null);
        }
        String release = text.substring(dash + 1);
        boolean numbered = release.chars().anyMatch(c -> c >= '0' && c <= '9');
        // opensuse-tumbleweed is an ID with a dash, debian-sid and alpine-edge are releases without a number.
        return numbered || hasNamedReleases(text.substring(0, dash))
                ? of(text.substring(0, dash), release, null)
                : of(text, null, null);
    }

    /** The distribution that a tool calls by this name, with a version or a release's name. */
    static Distro of(String name, @Nullable String version, @Nullable String codename) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        String id = IDS.getOrDefault(lower, lower);
        String release =
                version == null || version.isBlank() ? null : version.strip().toLowerCase(Locale.ROOT);
        if (release != null && isNameOnly(id, release)) {
            return Distros.of(id, Distros.versionIdOf(id, release), release);
        }
        return Distros.of(id, release == null ? null : withoutV(release), codename);
    }

    /** Alpine's repositories are called v3.18. */
    private static String withoutV(String release) {
        boolean prefixed = release.length() > 1 && release.charAt(0) == 'v' && isDigit(release.charAt(1));
        return prefixed ? release.substring(1) : release;
    }

    /** Debian and Ubuntu call releases by a name; Alpine's edge stands where a version does. */
    private static boolean isNameOnly(String id, String release) {
        return !isDigit(release.charAt(0)) && (id.equals("debian") || id.equals("ubuntu"));
    }

    private static boolean hasNamedReleases(String id) {
        return id.equals("debian") || id.equals("ubuntu") || id.equals("alpine");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
