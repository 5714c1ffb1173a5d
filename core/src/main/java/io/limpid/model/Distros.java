package io.limpid.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The distributions that are known by name, as one table: how each writes its versions and what its releases are called. */
public final class Distros {

    /** How a distribution's VERSION_ID becomes the name of its advisories. */
    private enum Form {
        /** {@code 12.5} is {@code 12}. */
        MAJOR,
        /** {@code 3.18.9} is {@code 3.18}. */
        MINOR,
        /** {@code 22.04} stays. */
        WHOLE,
        /** There is one release for ever. */
        ROLLING
    }

    private record Family(String id, Form form) {}

    private record Release(String id, String versionId, String codename) {}

    private static final List<Family> FAMILIES = List.of(
            new Family("almalinux", Form.MAJOR),
            new Family("alpine", Form.MINOR),
            new Family("centos", Form.MAJOR),
            new Family("chainguard", Form.ROLLING),
            new Family("debian", Form.MAJOR),
            new Family("ol", Form.MAJOR),
            new Family("rhel", Form.MAJOR),
            new Family("rocky", Form.MAJOR),
            new Family("ubuntu", Form.WHOLE),
            new Family("wolfi", Form.ROLLING));

    /** From the distributions' own release pages; a test keeps the table sorted and without doubles. */
    private static final List<Release> RELEASES = List.of(
            new Release("debian", "7", "wheezy"),
            new Release("debian", "8", "jessie"),
            new Release("debian", "9", "stretch"),
            new Release("debian", "10", "buster"),
            new Release("debian", "11", "bullseye"),
            new Release("debian", "12", "bookworm"),
            new Release("debian", "13", "trixie"),
            new Release("debian", "14", "forky"),
            new Release("ubuntu", "12.04", "precise"),
            new Release("ubuntu", "14.04", "trusty"),
            new Release("ubuntu", "16.04", "xenial"),
            new Release("ubuntu", "18.04", "bionic"),
            new Release("ubuntu", "20.04", "focal"),
            new Release("ubuntu", "22.04", "jammy"),
            new Release("ubuntu", "24.04", "noble"),
            new Release("ubuntu", "24.10", "oracular"),
            new Release("ubuntu", "25.04", "plucky"),
            new Release("ubuntu", "25.10", "questing"),
            new Release("ubuntu", "26.04", "resolute"));

    private Distros() {}

    /** The distribution with these values of os-release; what the table knows besides is filled in. */
    public static Distro of(String id, @Nullable String versionId, @Nullable String codename) {
        String name = codename != null ? codename : codenameOf(id, versionId);
        return new Distro(id, versionId, name, namespace(id, versionId, name), null);
    }

    /** The release's name, or null when the table has none. */
    public static @Nullable String codenameOf(String id, @Nullable String versionId) {
        for (Release release : RELEASES) {
            if (release.id.equals(id) && release.versionId.equals(versionId)) {
                return release.codename;
            }
        }
        return null;
    }

    /** The VERSION_ID of the release with this name, or null when the table has none. */
    public static @Nullable String versionIdOf(String id, String codename) {
        for (Release release : RELEASES) {
            if (release.id.equals(id) && release.codename.equals(codename)) {
                return release.versionId;
            }
        }
        return null;
    }

    /** The VERSION_IDs of the releases of a distribution that the table has, the oldest first. */
    public static List<String> versionIds(String id) {
        return RELEASES.stream()
                .filter(release -> release.id.equals(id))
                .map(Release::versionId)
                .toList();
    }

    /** The distribution that has a release of this name, or null when the table has none. */
    public static @Nullable String idOf(String codename) {
        for (Release release : RELEASES) {
            if (release.codename.equals(codename)) {
                return release.id;
            }
        }
        return null;
    }

    private static String namespace(String id, @Nullable String versionId, @Nullable String codename) {
        Form form = FAMILIES.stream()
                .filter(family -> family.id.equals(id))
                .map(Family::form)
                .findFirst()
                .orElse(Form.WHOLE);
        if (form == Form.ROLLING) {
            return id;
        }
        if (versionId == null) {
            // Debian's testing names itself by codename only; its advisories are those of the release that it becomes.
            String known = codename == null ? null : versionIdOf(id, codename);
            return known != null ? id + ":" + known : codename == null ? id : id + ":" + codename;
        }
        // Alpine's edge calls itself by the release to come: 3.21.0_alpha20240923; before 3.21 it was a bare date.
        if (id.equals("alpine") && (versionId.contains("_") || versionId.indexOf('.') < 0)) {
            return "alpine:edge";
        }
        return id + ":" + shortened(versionId, form);
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
