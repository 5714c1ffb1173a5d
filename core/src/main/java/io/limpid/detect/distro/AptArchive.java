package io.limpid.detect.distro;

import io.limpid.model.Distro;
import io.limpid.model.Distros;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows the archives of Debian and Ubuntu themselves, and their mirrors, from those of others. */
final class AptArchive {
    private static final List<String> DEBIAN_HOSTS = List.of(
            "deb.debian.org",
            "security.debian.org",
            "archive.debian.org",
            "snapshot.debian.org",
            "ftp.debian.org",
            "httpredir.debian.org",
            "http.debian.net",
            "cloudfront.debian.net");
    private static final List<String> UBUNTU_HOSTS = List.of(
            "archive.ubuntu.com",
            "security.ubuntu.com",
            "ports.ubuntu.com",
            "old-releases.ubuntu.com",
            "snapshot.ubuntu.com");
    private static final Set<String> DEBIAN_FOLDERS = Set.of("debian", "debian-security");
    private static final Set<String> UBUNTU_FOLDERS = Set.of("ubuntu", "ubuntu-ports");
    private static final List<String> POCKETS = List.of(
            "/updates", "-security", "-updates", "-backports-sloppy", "-backports", "-proposed-updates", "-proposed");
    /** Suites that stand beside a release and tell nothing of which one it is. */
    private static final Set<String> BESIDE = Set.of("experimental", "rc-buggy");
    // /debian and /pub/debian are mirrors; what lies deeper is mostly a hosted repository: /someone/ppa/ubuntu.
    private static final int MIRROR_DEPTH = 2;

    /**
     * The release that a source names.
     *
     * @param codename empty for a suite that is no release for sure: {@code stable}, or one that is not known
     */
    record Release(String id, @Nullable String versionId, String codename) {}

    private AptArchive() {}

    /**
     * The release that a suite of the own archive of {@code id} belongs to; empty for one that stands beside all
     * releases.
     */
    static Optional<Release> release(String id, String suite) {
        if (BESIDE.contains(suite)) {
            return Optional.empty();
        }
        String name = suite;
        for (String pocket : POCKETS) {
            if (name.endsWith(pocket)) {
                name = name.substring(0, name.length() - pocket.length());
                break;
            }
        }
        Distro known = Distros.ofRelease(name);
        String codename = known == null || !known.id().equals(id) ? null : known.codename();
        return Optional.of(
                known == null || codename == null
                        ? new Release(id, null, "")
                        : new Release(id, known.versionId(), codename));
    }

    /**
     * The distribution whose own archive, or a mirror of it, a source is; null for other repositories.
     *
     * @param hasMain whether the source has the component {@code main}, as the archives have and few others
     */
    static @Nullable String owner(String uri, boolean hasMain) {
        int scheme = uri.indexOf("://");
        if (scheme < 0) {
            return null;
        }
        String rest = uri.substring(scheme + 3);
        int slash = rest.indexOf('/');
        String host = host(slash < 0 ? rest : rest.substring(0, slash));
        if (isOf(host, DEBIAN_HOSTS) || isCountryMirror(host)) {
            return "debian";
        }
        if (isOf(host, UBUNTU_HOSTS)) {
            return "ubuntu";
        }
        return slash < 0 || !hasMain ? null : mirrorOf(rest.substring(slash + 1));
    }

    private static String host(String authority) {
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.indexOf(':');
        return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
    }

    private static boolean isOf(String host, List<String> known) {
        return known.stream().anyMatch(one -> host.equals(one) || host.endsWith("." + one));
    }

    /** Whether {@code host} is one like {@code ftp.us.debian.org}. */
    private static boolean isCountryMirror(String host) {
        return (host.startsWith("ftp.") || host.startsWith("http.")) && host.endsWith(".debian.org");
    }

    private static @Nullable String mirrorOf(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        String[] folders = path.substring(0, end).split("/", MIRROR_DEPTH + 1);
        if (folders.length > MIRROR_DEPTH) {
            return null;
        }
        String last = folders[folders.length - 1];
        return DEBIAN_FOLDERS.contains(last) ? "debian" : UBUNTU_FOLDERS.contains(last) ? "ubuntu" : null;
    }
}
