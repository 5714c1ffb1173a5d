package io.limpid.model;

import io.limpid.model.Releases.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The distributions that are known by name, as one table: how each writes its versions and what its releases are called. */
public final class Distros {

    /** How a distribution's VERSION_ID becomes the name of its advisories. */
    private enum Form {
        /** {@code 12.5} is {@code 12}. */
        MAJOR,
        /** {@code 3.18.9} is {@code 3.18}. */
        MINOR,
        /** {@code 2018.03} stays. */
        WHOLE,
        /** There is one release for ever. */
        ROLLING
    }

    private record Family(String id, Form form, String packageType) {}

    private static final String ALPINE = "alpine";
    private static final String DEBIAN = "debian";
    /** Debian's other name for the release whose packages call it sid. */
    private static final String UNSTABLE = "unstable";

    /** What edge calls itself before 3.21: the day it was made. */
    private static final Pattern DAY = Pattern.compile("\\d{8}");

    private static final Pattern CANDIDATE = Pattern.compile("_rc\\d*$");

    private static final List<Family> FAMILIES = List.of(
            new Family("almalinux", Form.MAJOR, "rpm"),
            new Family(ALPINE, Form.MINOR, "apk"),
            new Family("amzn", Form.WHOLE, "rpm"),
            new Family("arch", Form.ROLLING, "alpm"),
            new Family("azurelinux", Form.WHOLE, "rpm"),
            new Family("centos", Form.MAJOR, "rpm"),
            new Family("chainguard", Form.ROLLING, "apk"),
            new Family(DEBIAN, Form.MAJOR, "deb"),
            new Family("fedora", Form.WHOLE, "rpm"),
            new Family("mariner", Form.WHOLE, "rpm"),
            new Family("ol", Form.MAJOR, "rpm"),
            new Family("opensuse-leap", Form.WHOLE, "rpm"),
            new Family("opensuse-tumbleweed", Form.ROLLING, "rpm"),
            new Family("photon", Form.WHOLE, "rpm"),
            new Family("rhel", Form.MAJOR, "rpm"),
            new Family("rocky", Form.MAJOR, "rpm"),
            new Family("sles", Form.WHOLE, "rpm"),
            new Family("ubuntu", Form.MINOR, "deb"),
            new Family("wolfi", Form.ROLLING, "apk"));

    private Distros() {}

    /** The distribution with these values of os-release; what the table knows besides is filled in. */
    public static Distro of(String id, @Nullable String versionId, @Nullable String codename) {
        String name = codename != null ? codename : codenameOf(id, versionId);
        String namespace = namespace(id, versionId, name);
        return new Distro(id, versionId, name, namespace, endOfLife(namespace));
    }

    private static @Nullable String endOfLife(String namespace) {
        for (Release release : Releases.ALL) {
            if (namespace(release.id(), release.versionId(), release.codename()).equals(namespace)) {
                return release.endOfLife();
            }
        }
        return null;
    }

    /** The one distribution that has a release of this name or calls it so ({@code unstable}), or null when the table has none. */
    public static @Nullable Distro ofRelease(String name) {
        String codename = name.equals(UNSTABLE) ? Releases.SID : name;
        for (Release release : Releases.ALL) {
            if (codename.equals(release.codename())) {
                return of(release.id(), release.versionId(), codename);
            }
        }
        return null;
    }

    /** The VERSION_IDs of the releases of a distribution that the table has, the oldest first. */
    public static List<String> versionIds(String id) {
        List<String> versions = new ArrayList<>();
        for (Release release : Releases.ALL) {
            if (release.id().equals(id) && release.versionId() != null) {
                versions.add(release.versionId());
            }
        }
        return versions;
    }

    /** Whether the table knows a distribution with this ID. */
    public static boolean isKnown(String id) {
        return FAMILIES.stream().anyMatch(family -> family.id.equals(id));
    }

    /** The package-url type of a distribution's own packages, null when the table does not know it. */
    public static @Nullable String packageType(String id) {
        return FAMILIES.stream()
                .filter(family -> family.id.equals(id))
                .map(Family::packageType)
                .findFirst()
                .orElse(null);
    }

    /** Whether a distribution has releases, so that its ID alone does not say which advisories are meant. */
    public static boolean hasReleases(String id) {
        return form(id) != Form.ROLLING;
    }

    /** The name of the release with this number, or null when the table has none. */
    public static @Nullable String codenameOf(String id, @Nullable String versionId) {
        for (Release release : Releases.ALL) {
            if (versionId != null && release.id().equals(id) && versionId.equals(release.versionId())) {
                return release.codename();
            }
        }
        return null;
    }

    private static @Nullable String versionIdOf(String id, String codename) {
        for (Release release : Releases.ALL) {
            if (release.id().equals(id) && codename.equals(release.codename())) {
                return release.versionId();
            }
        }
        return null;
    }

    private static Form form(String id) {
        return FAMILIES.stream()
                .filter(family -> family.id.equals(id))
                .map(Family::form)
                .findFirst()
                .orElse(Form.WHOLE);
    }

    private static String namespace(String id, @Nullable String versionId, @Nullable String codename) {
        Form form = form(id);
        if (form == Form.ROLLING) {
            return id;
        }
        if (versionId == null) {
            // Debian's testing names itself by codename only; its advisories are those of the release that it becomes.
            String known = codename == null ? null : versionIdOf(id, codename);
            return known != null ? id + ":" + known : codename == null ? id : id + ":" + codename;
        }
        if (!id.equals(ALPINE)) {
            return id + ":" + shortened(versionId, form);
        }
        // Edge calls itself by the release to come, 3.21.0_alpha20240923; a candidate, 3.20.0_rc1, is that release.
        boolean edge = versionId.equals("edge")
                || versionId.contains("_alpha")
                || DAY.matcher(versionId).matches();
        return edge
                ? "alpine:edge"
                : id + ":" + shortened(CANDIDATE.matcher(versionId).replaceFirst(""), form);
    }

    private static String shortened(String versionId, Form form) {
        int components = Objects.requireNonNull(form) == Form.MAJOR ? 1 : form == Form.MINOR ? 2 : Integer.MAX_VALUE;
        int end = -1;
        for (int i = 0; i < components; i++) {
            end = versionId.indexOf('.', end + 1);
            if (end < 0) {
                return versionId;
            }
        }
        return versionId.substring(0, end);
    }
}
