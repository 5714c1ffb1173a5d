package io.limpid.model;

import io.limpid.model.DistroFamily.Release;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The distributions that are known by name: how each writes its versions and what its releases are called. */
public final class Distros {
    /** Debian's other name for the release whose packages call it sid; Clair's only one. */
    private static final String UNSTABLE = "unstable";

    private static final String SID = "sid";

    /** Of those with one ID the first; asked for every package. */
    private static final Map<String, DistroFamily> BY_ID = new HashMap<>();

    static {
        for (DistroFamily family : DistroTable.ALL) {
            BY_ID.putIfAbsent(family.id(), family);
        }
    }

    private Distros() {}

    /** Every distribution of the table, sorted by ID. */
    public static List<DistroFamily> all() {
        return DistroTable.ALL;
    }

    /**
     * The distribution with these values of os-release; what the table knows besides is filled in.
     *
     * @param codename the release's name, or the edition ({@link DistroFamily#edition})
     */
    public static Distro of(String id, @Nullable String versionId, @Nullable String codename) {
        DistroFamily family = family(id, versionId, codename);
        String name =
                family.edition() != null ? family.edition() : codename != null ? codename : family.codename(versionId);
        Release row = family.row(family.release(versionId, name));
        return new Distro(id, versionId, name, family.namespace(versionId, name), row == null ? null : row.endOfLife());
    }

    /** The one distribution that has a release of this name or calls it so ({@code unstable}), or null when the table has none. */
    public static @Nullable Distro ofRelease(String name) {
        String codename = name.equals(UNSTABLE) ? SID : name;
        for (DistroFamily family : DistroTable.ALL) {
            Release release = family.named(codename);
            if (release != null) {
                return of(family.id(), release.versionId(), codename);
            }
        }
        return null;
    }

    /** The distribution whose old release files start so, null when the table has none. */
    public static @Nullable DistroFamily titled(String line) {
        DistroFamily found = null;
        int longest = 0;
        for (DistroFamily family : DistroTable.ALL) {
            for (String title : family.titles()) {
                if (title.length() > longest && line.startsWith(title)) {
                    found = family;
                    longest = title.length();
                }
            }
        }
        return found;
    }

    /** The distribution that tools call so, {@code oracle linux}, or whose ID it is; null when the table has none. */
    public static @Nullable DistroFamily spelled(String lower) {
        for (DistroFamily family : DistroTable.ALL) {
            if (family.id().equals(lower) || family.spellings().contains(lower)) {
                return family;
            }
        }
        return null;
    }

    /** The edition ({@link DistroFamily#edition}) that os-release's NAME tells, null when it tells none. */
    public static @Nullable String edition(String id, String name) {
        for (DistroFamily family : DistroTable.ALL) {
            if (family.edition() != null && family.id().equals(id) && name.startsWith(family.name())) {
                return family.edition();
            }
        }
        return null;
    }

    /** The VERSION_IDs of the releases of a distribution that the table has, the oldest first. */
    public static List<String> versionIds(String id) {
        List<String> versions = new ArrayList<>();
        for (Release release : family(id, null, null).releases()) {
            if (release.versionId() != null) {
                versions.add(release.versionId());
            }
        }
        return versions;
    }

    /** Whether the table knows a distribution with this ID. */
    public static boolean isKnown(String id) {
        return known(id) != null;
    }

    /** The VERSION_ID that belongs to the version in another file ({@link DistroFamily#versionId}). */
    public static String versionId(String id, String written) {
        DistroFamily family = known(id);
        return family == null ? written : family.versionId(written);
    }

    /** The package-url type of a distribution's own packages, null when the table does not know it. */
    public static @Nullable String packageType(String id) {
        DistroFamily family = known(id);
        return family == null ? null : family.packageType();
    }

    /** The namespace of a distribution's own packages in package-urls: those that the table does not know are called by their ID. */
    public static String purlNamespace(String id) {
        DistroFamily family = known(id);
        return family == null ? id : family.purlNamespace();
    }

    /** The namespace that Clair v1 has its advisories in, null where it has none. */
    public static @Nullable String clairNamespace(Distro distro) {
        DistroFamily family = family(distro.id(), distro.versionId(), distro.codename());
        String release = family.release(distro.versionId(), distro.codename());
        if (family.clairPrefix() == null || release == null) {
            return null;
        }
        boolean isNumbered = !release.isEmpty() && release.charAt(0) >= '0' && release.charAt(0) <= '9';
        return isNumbered
                ? family.clairPrefix() + release
                : release.equals(SID) ? family.clairPrefix() + UNSTABLE : null;
    }

    /**
     * The releases, as advisories name them, that a namespace of Clair v1 may be of: of {@code centos:7} CentOS' and Red Hat's.
     *
     * <p>These are the names that advisories are filed under, and those that Clair takes from the files of layers.
     */
    public static Set<String> ofClair(String namespace) {
        Set<String> releases = new TreeSet<>();
        for (DistroFamily family : DistroTable.ALL) {
            add(releases, family, family.clairRelease(namespace));
        }
        int colon = namespace.indexOf(':');
        if (colon > 0 && isKnown(namespace.substring(0, colon))) {
            String written = namespace.substring(colon + 1);
            add(releases, family(namespace.substring(0, colon), written, null), written);
        }
        return releases;
    }

    private static void add(Set<String> releases, DistroFamily family, @Nullable String written) {
        String release = written == null ? null : family.namespaceOf(written.equals(UNSTABLE) ? SID : written);
        if (release != null) {
            releases.add(release);
        }
    }

    /** Whether a distribution has releases, so that its ID alone does not say which advisories are meant. */
    public static boolean hasReleases(String id) {
        DistroFamily family = known(id);
        return family == null || family.form() != VersionForm.ROLLING;
    }

    /** Whether a distribution calls its releases by names, {@code bookworm}. */
    public static boolean hasNamedReleases(String id) {
        DistroFamily family = known(id);
        return family != null && family.hasNamedReleases();
    }

    /** The name of the release with this number, or null when the table has none. */
    public static @Nullable String codenameOf(String id, @Nullable String versionId) {
        DistroFamily family = known(id);
        return family == null ? null : family.codename(versionId);
    }

    private static @Nullable DistroFamily known(String id) {
        return BY_ID.get(id);
    }

    /** Of those with this ID the edition that is named, or that alone has the release; else the one without an edition. */
    private static DistroFamily family(String id, @Nullable String versionId, @Nullable String codename) {
        DistroFamily plain = known(id);
        if (plain == null) {
            return DistroTable.unknown(id);
        }
        for (DistroFamily family : DistroTable.ALL) {
            if (family.edition() != null && family.id().equals(id)) {
                boolean alone = versionId != null
                        && plain.row(plain.release(versionId, null)) == null
                        && family.row(family.release(versionId, null)) != null;
                if (family.edition().equals(codename) || alone) {
                    return family;
                }
            }
        }
        return plain;
    }
}
