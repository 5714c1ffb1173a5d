package io.limpid.feed.suse;

import io.limpid.model.Distros;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SUSE's products: which document is about a distribution, and which release of one is meant by a product's name.
 *
 * <p>A service pack of SUSE Linux Enterprise is made of modules, and containers have packages of several: what is said of any module or extension is
 * said of the release. Products with longer support ({@code LTSS}, {@code ESPOS}, {@code BCL}, {@code TERADATA}, those for SAP) get fixes that the
 * release itself never sees, and count as others.
 */
final class Products {
    /** The distributions whose releases have documents. */
    static final List<String> DISTROS = List.of(
            "opensuse", "opensuse-leap", "opensuse-leap-micro", "opensuse-tumbleweed", "sl-micro", "sle-micro", "sles");

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]?\\.[0-9]{1,2}");
    private static final Pattern ENTERPRISE = Pattern.compile("([1-9][0-9])(?:\\.([0-9]))?");
    /** From this version on a version has a number behind the dot, not a service pack. */
    private static final int NUMBERED = 16;

    private static final Pattern SERVER = Pattern.compile("SUSE Linux Enterprise "
            + "(?:Server|Desktop|High Performance Computing|Real Time|Workstation Extension|High Availability Extension"
            + "|Software Development Kit|Live Patching|Module for [A-Za-z0-9 &-]{1,60}?)"
            + " ([1-9][0-9])(?:\\.([0-9])| SP([0-9]))?");
    /** {@code sles11-sp4}, as the first generator called them. */
    private static final Pattern OLD_SERVER = Pattern.compile("sles?([1-9][0-9]?)(?:-sp([0-9]))?(?:-sdk)?");

    private static final Pattern OTHER = Pattern.compile("(openSUSE Leap Micro|openSUSE Leap|openSUSE"
            + "|SUSE Linux Enterprise Micro|SUSE Linux Micro) ([0-9]{1,2}\\.[0-9]{1,2})(?: NonFree)?");

    private static final String TUMBLEWEED = "openSUSE Tumbleweed";

    private final String document;

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
        if (distro.equals("sles")) {
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

    /** The release that a product's name means, as advisories name it; null when it is another product. */
    @Nullable
    String namespace(String product) {
        Matcher server = SERVER.matcher(product);
        if (server.matches()) {
            String second = server.group(2) != null ? server.group(2) : server.group(3);
            return server(server.group(1), second);
        }
        Matcher old = OLD_SERVER.matcher(product);
        if (old.matches()) {
            return server(old.group(1), old.group(2));
        }
        if (product.equals(TUMBLEWEED)) {
            return Distros.of("opensuse-tumbleweed", null, null).namespace();
        }
        Matcher other = OTHER.matcher(product);
        return other.matches()
                ? Distros.of(distro(other.group(1), other.group(2)), other.group(2), null)
                        .namespace()
                : null;
    }

    private static String server(String version, @Nullable String servicePack) {
        String release = servicePack == null || (servicePack.equals("0") && Integer.parseInt(version) < NUMBERED)
                ? version
                : version + "." + servicePack;
        return Distros.of("sles", release, null).namespace();
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
