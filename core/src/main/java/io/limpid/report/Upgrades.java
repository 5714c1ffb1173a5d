package io.limpid.report;

import io.limpid.model.Distro;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The commands by which distributions replace installed packages by newer ones. */
final class Upgrades {
    /** What no package manager takes for an option and no shell for anything but a word; as long as names of packages are. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,127}");

    private static final Set<String> OF_SUSE =
            Set.of("opensuse-leap", "opensuse-tumbleweed", "opensuse", "sles", "sled");
    private static final Set<String> WITH_YUM = Set.of("centos", "rhel", "ol");
    private static final int LAST_WITH_YUM = 7;

    private Upgrades() {}

    /**
     * The command that upgrades packages of a distribution.
     *
     * @param type the package-url type
     * @return null where there is none, or where a name is no name of a package
     */
    static @Nullable String command(String type, @Nullable Distro distro, Collection<String> names) {
        if (names.isEmpty()
                || !names.stream().allMatch(name -> NAME.matcher(name).matches())) {
            return null;
        }
        String words = String.join(" ", names);
        return switch (type) {
            case "deb" -> "apt-get update && apt-get install --only-upgrade " + words;
            case "apk" -> "apk update && apk upgrade " + words;
            case "rpm" -> ofRpm(distro) + " " + words;
            default -> null;
        };
    }

    private static String ofRpm(@Nullable Distro distro) {
        String id = distro == null ? "" : distro.id();
        String version = distro == null || distro.versionId() == null ? "" : distro.versionId();
        if (OF_SUSE.contains(id)) {
            return "zypper update";
        }
        if (id.equals("photon")) {
            return "tdnf upgrade";
        }
        // Amazon Linux: 2018.03, then 2, and dnf since 2022.
        boolean yum = id.equals("amzn")
                ? !version.startsWith("202")
                : WITH_YUM.contains(id) && major(version) <= LAST_WITH_YUM;
        return yum ? "yum update" : "dnf upgrade";
    }

    private static int major(String version) {
        String digits = version.replaceFirst("\\..*", "");
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
    }
}
