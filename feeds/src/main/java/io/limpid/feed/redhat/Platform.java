package io.limpid.feed.redhat;

import io.limpid.match.CpeName;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A product that packages are a part of, as far as its CPE name tells.
 *
 * @param cpe the name as it is written: {@code cpe:/a:redhat:rhel_eus:8.4::appstream}
 * @param name the same, read
 * @param ownRelease the release of RHEL that the name itself tells, {@code 8}; null when it tells none
 */
record Platform(String cpe, CpeName name, @Nullable String ownRelease) {
    private static final String RHEL = "enterprise_linux";
    /** Its streams of fixes for a release that others have left, and what is sold beside it; their versions are its own. */
    private static final Set<String> OF_RHEL = Set.of(
            RHEL,
            "rhel_aus",
            "rhel_common",
            "rhel_e4s",
            "rhel_els",
            "rhel_eus",
            "rhel_eus_long_life",
            "rhel_mission_critical",
            "rhel_tus");

    private static final String EXTRAS = "rhel_extras";
    /** {@code el8} in {@code cpe:/a:redhat:openshift:4.13::el8}. */
    private static final Pattern EDITION = Pattern.compile("el([1-9][0-9]?)");

    private static final Pattern VERSION = Pattern.compile("([1-9][0-9]?)(?:\\.[0-9].*)?");
    private static final Pattern DIST = Pattern.compile("\\.(?:module\\+)?el([1-9][0-9]?)(?![0-9])");

    /** Reads a name; null when it is none of Red Hat's. */
    static @Nullable Platform of(@Nullable String cpe) {
        CpeName name = cpe == null ? null : CpeName.parse(cpe);
        return cpe == null || name == null || !name.vendor().equals("redhat")
                ? null
                : new Platform(cpe, name, release(name));
    }

    /** A release of RHEL as a whole. */
    static Platform rhel(String release) {
        return Objects.requireNonNull(of("cpe:/o:redhat:" + RHEL + ":" + release));
    }

    /** Whether it is RHEL as everybody gets it, no stream of longer support and no product built on it. */
    boolean isRhel() {
        return name.product().equals(RHEL);
    }

    private static @Nullable String release(CpeName name) {
        Matcher edition = EDITION.matcher(name.edition());
        if (edition.matches()) {
            return edition.group(1);
        }
        if (OF_RHEL.contains(name.product()) || name.product().startsWith(EXTRAS)) {
            Matcher version = VERSION.matcher(name.version());
            return version.matches() ? version.group(1) : null;
        }
        return null;
    }

    /**
     * The release of RHEL that its packages are built for.
     *
     * @param rpmVersion the version of one of them, null when none is known
     * @return {@code 8}; null when nothing tells
     */
    @Nullable
    String release(@Nullable String rpmVersion) {
        Matcher dist = ownRelease != null || rpmVersion == null ? null : DIST.matcher(rpmVersion);
        return dist != null && dist.find() ? dist.group(1) : ownRelease;
    }
}
