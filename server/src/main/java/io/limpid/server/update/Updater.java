package io.limpid.server.update;

import io.limpid.model.Distros;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A source of vulnerabilities by the name that Clair's configuration calls it, or would.
 *
 * <p>Those feeds are here that name packages as Clair's detectors list them: source packages of Debian and its kin, binary packages elsewhere.
 */
public enum Updater {
    ALMA("alma", "alma", "", "almalinux"),
    ALPINE("alpine", "alpine", "", "alpine"),
    AMZN1("amzn1", "amazon", "ALAS", "amzn:2018.03"),
    AMZN2("amzn2", "amazon", "ALAS", "amzn:2"),
    AMZN2023("amzn2023", "amazon", "ALAS", "amzn:2022", "amzn:2023"),
    DEBIAN("debian", "debian", "", "debian"),
    OPENSUSE("opensuse", "suse", "", "opensuse", "opensuse-leap", "opensuse-leap-micro"),
    ORACLE("oracle", "oracle", "ELSA", "ol"),
    PHOTON("photon", "photon", "", "photon"),
    RHEL("rhel", "redhat", "RHSA", "rhel"),
    ROCKY("rocky", "rocky", "", "rocky"),
    SUSE("suse", "suse", "", "sles", "sle-micro", "sl-micro"),
    UBUNTU("ubuntu", "ubuntu", "", "ubuntu");

    private static final String RED_HAT = "rhel:";
    /** Up to release 7 its release file says {@code Server release}, since 8 {@code Enterprise Linux release}, of which Clair takes the word before. */
    private static final int FIRST_ENTERPRISE = 8;

    private final String text;
    private final String feed;
    private final String bulletins;
    /** With blanks between them. */
    private final String releases;

    Updater(String text, String feed, String bulletins, String... releases) {
        this.text = text;
        this.feed = feed;
        this.bulletins = bulletins;
        this.releases = String.join(" ", releases);
    }

    /** Its name in {@code updater.enabledupdaters}. */
    public String text() {
        return text;
    }

    /** The name of the feed that it is of. */
    String feed() {
        return feed;
    }

    /** How the names of the bulletins begin that Clair calls its vulnerabilities by, empty where it calls them by their own names. */
    String bulletins() {
        return bulletins;
    }

    /** The order of the versions in its namespaces: Alpine's too are compared as dpkg's, in Clair. */
    String versionFormat() {
        return switch (this) {
            case ALPINE, DEBIAN, UBUNTU -> "dpkg";
            case ALMA, AMZN1, AMZN2, AMZN2023, OPENSUSE, ORACLE, PHOTON, RHEL, ROCKY, SUSE -> "rpm";
        };
    }

    /** Whether it is about a release, as advisories name it: {@code rhel:8}. */
    boolean isAbout(String release) {
        for (String one : releases.split(" ", -1)) {
            if (release.equals(one) || (one.indexOf(':') < 0 && release.startsWith(one + ":"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the vulnerabilities of a namespace come from it. */
    public boolean serves(String namespace) {
        return Distros.ofClair(namespace).stream().anyMatch(this::isAbout);
    }

    /** The namespaces that the vulnerabilities of a release are filed under: the names that Clair's detectors give its layers. */
    static Set<String> namespaces(String release) {
        Set<String> namespaces = new LinkedHashSet<>();
        int colon = release.indexOf(':');
        String id = colon < 0 ? release : release.substring(0, colon);
        String version = colon < 0 ? "" : release.substring(colon + 1);
        boolean isNumbered = !version.isEmpty() && Character.isDigit(version.charAt(0));
        String clair = Distros.clairNamespace(
                Distros.of(id, isNumbered ? version : null, isNumbered || version.isEmpty() ? null : version));
        namespaces.add(clair == null ? release : clair);
        if (release.startsWith(RED_HAT)) {
            String number = release.substring(RED_HAT.length());
            if (number.matches("[0-9]{1,3}") && Integer.parseInt(number) >= FIRST_ENTERPRISE) {
                namespaces.add("enterprise:" + number);
            }
        }
        return namespaces;
    }

    /** The names of all. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Updater::text).toList();
    }
}
