package io.limpid.feed.suse;

import io.limpid.model.AdvisorySubject;
import io.limpid.model.Distros;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SUSE's products: which document is about a distribution, and which release of one is meant by a product's name.
 *
 * <p>A service pack of SUSE Linux Enterprise is made of modules, and containers have packages of several: what is said of any module or extension is
 * said of the release. A module of version 12 without a service pack goes with all of them. Products with longer support get fixes that the release
 * itself never sees: those of {@code LTSS} concern images with the package of that product, the others ({@code ESPOS}, {@code BCL}, {@code TERADATA},
 * those for SAP) count as others.
 */
final class Products {
    private static final String SERVER_ID = "sles";
    /** The distributions whose releases have documents. */
    static final List<String> DISTROS = List.of(
            "opensuse",
            "opensuse-leap",
            "opensuse-leap-micro",
            "opensuse-tumbleweed",
            "sl-micro",
            "sle-micro",
            SERVER_ID);

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]?\\.[0-9]{1,2}");
    private static final Pattern ENTERPRISE = Pattern.compile("([1-9][0-9])(?:\\.([0-9]))?");
    /** From this version on a version has a number behind the dot, not a service pack. */
    private static final int NUMBERED = 16;

    private static final String SERVICE_PACK = "([1-9][0-9])(?:\\.([0-9])| SP([0-9]))?";
    private static final Pattern SERVER = Pattern.compile("SUSE Linux Enterprise "
            + "(?:Server|Desktop|High Performance Computing|Real Time|Workstation Extension|High Availability Extension"
            + "|Software Development Kit|Live Patching|Module for [A-Za-z0-9 &-]{1,60}?)"
            + " " + SERVICE_PACK);
    private static final String LONGER = "SUSE Linux Enterprise Server ";
    /** The products with longer support, each with the package that is installed where it is there. */
    private static final Map<Pattern, String> LONGER_SUPPORT = Map.of(
            Pattern.compile(LONGER + SERVICE_PACK + "[- ]LTSS"), "sles-ltss-release",
            Pattern.compile(LONGER + "LTSS Extended Security " + SERVICE_PACK), "sles-ltss-extended-security-release");

    private static final String MODULE = "SUSE Linux Enterprise Module ";
    /** The version whose modules have no service packs. */
    private static final String WITH_MODULES_FOR_ALL = "12";

    /** {@code sles11-sp4}, as the first generator called them. */
    private static final Pattern OLD_SERVER = Pattern.compile("sles?([1-9][0-9]?)(?:-sp([0-9]))?(?:-sdk)?");

    private static final Pattern OTHER = Pattern.compile("(openSUSE Leap Micro|openSUSE Leap|openSUSE"
            + "|SUSE Linux Enterprise Micro|SUSE Linux Micro) ([0-9]{1,2}\\.[0-9]{1,2})(?: NonFree)?");

    private static final String TUMBLEWEED = "openSUSE Tumbleweed";

    private static final int MOST_KNOWN = 4096;

    private final String document;
    /** Thousands of bulletins name the same products. */
    private final Map<String, List<Meant>> known = new HashMap<>();

    /**
     * Those that a document may be about.
     *
     * @param document its name without what follows it: {@code opensuse.leap.15.3}
     */
    Products(String document) {
        this.document = document;
    }

    /** The name of the document about a release, without what follows it; null when there is none. */
    static @Nullable String document(String distro, @Nullable String version) {
        String release = version == null ? "" : version;
        if (distro.equals("opensuse-tumbleweed")) {
            return "opensuse.tumbleweed";
        }
        if (distro.equals(SERVER_ID)) {
            Matcher enterprise = ENTERPRISE.matcher(release);
            if (!enterprise.matches()) {
                return null;
            }
            boolean numbered = Integer.parseInt(enterprise.group(1)) >= NUMBERED;
            return (numbered ? "suse.linux.enterprise." : "suse.linux.enterprise.server.") + enterprise.group(1);
        }
        if (!VERSION.matcher(release).matches()) {
            return null;
        }
        return switch (distro) {
            // The first Leap called itself openSUSE.
            case "opensuse" -> (release.startsWith("42.") ? "opensuse.leap." : "opensuse.") + release;
            case "opensuse-leap" -> "opensuse.leap." + release;
            case "opensuse-leap-micro" -> "opensuse.leap.micro." + release;
            case "sle-micro" -> "suse.linux.enterprise.micro." + release;
            case "sl-micro" -> "suse.linux.micro." + release;
            default -> null;
        };
    }

    /**
     * A release that a product's name means.
     *
     * @param namespace how advisories name it
     * @param asks what tells that the product is there, as {@link AdvisorySubject#repositories}; empty when it is the release itself
     */
    record Meant(String namespace, List<String> asks) {}

    /** The releases that a product's name means; none when it is another product. */
    List<Meant> meant(String product) {
        List<Meant> before = known.get(product);
        if (before != null) {
            return before;
        }
        List<Meant> meant = parsed(product);
        if (known.size() < MOST_KNOWN) {
            known.put(product, meant);
        }
        return meant;
    }

    private static List<Meant> parsed(String product) {
        Matcher server = SERVER.matcher(product);
        if (server.matches()) {
            List<String> releases = product.startsWith(MODULE) && product.endsWith(" " + WITH_MODULES_FOR_ALL)
                    ? servicePacks(WITH_MODULES_FOR_ALL)
                    : List.of(release(server));
            return releases.stream().map(release -> server(release, List.of())).toList();
        }
        for (Map.Entry<Pattern, String> longer : LONGER_SUPPORT.entrySet()) {
            Matcher release = longer.getKey().matcher(product);
            if (release.matches()) {
                return List.of(server(release(release), List.of(AdvisorySubject.INSTALLED + longer.getValue())));
            }
        }
        Matcher old = OLD_SERVER.matcher(product);
        if (old.matches()) {
            return List.of(server(release(old.group(1), old.group(2)), List.of()));
        }
        if (product.equals(TUMBLEWEED)) {
            return List.of(meant("opensuse-tumbleweed", null, List.of()));
        }
        Matcher other = OTHER.matcher(product);
        return other.matches()
                ? List.of(meant(distro(other.group(1), other.group(2)), other.group(2), List.of()))
                : List.of();
    }

    private static Meant server(String release, List<String> asks) {
        return meant(SERVER_ID, release, asks);
    }

    private static Meant meant(String distro, @Nullable String release, List<String> asks) {
        return new Meant(Distros.of(distro, release, null).namespace(), asks);
    }

    /** The release with all its service packs. */
    private static List<String> servicePacks(String version) {
        return Distros.versionIds(SERVER_ID).stream()
                .filter(release -> release.equals(version) || release.startsWith(version + "."))
                .toList();
    }

    /** {@code 15.3}, of what {@link #SERVICE_PACK} found. */
    private static String release(Matcher found) {
        return release(found.group(1), found.group(2) != null ? found.group(2) : found.group(3));
    }

    private static String release(String version, @Nullable String servicePack) {
        return servicePack == null || (servicePack.equals("0") && Integer.parseInt(version) < NUMBERED)
                ? version
                : version + "." + servicePack;
    }

    private static String distro(String product, String version) {
        return switch (product) {
            case "openSUSE Leap Micro" -> "opensuse-leap-micro";
            case "openSUSE Leap" -> version.startsWith("42.") ? "opensuse" : "opensuse-leap";
            case "openSUSE" -> "opensuse";
            case "SUSE Linux Micro" -> "sl-micro";
            default -> "sle-micro";
        };
    }

    /** Whether a release is one that the document is about. */
    boolean has(String namespace) {
        int colon = namespace.indexOf(':');
        String distro = colon < 0 ? namespace : namespace.substring(0, colon);
        return document.equals(document(distro, colon < 0 ? null : namespace.substring(colon + 1)));
    }
}
