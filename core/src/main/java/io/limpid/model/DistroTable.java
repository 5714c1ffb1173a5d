package io.limpid.model;

import io.limpid.model.DistroFamily.Release;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The distributions that are known, as one table; detection, package-urls, the spelling in documents and {@code docs/supported-systems.md} are made from
 * it.
 *
 * <p>Of two rows with one ID the first is the one without an edition.
 */
final class DistroTable {
    private static final String DEB = "deb";
    private static final String APK = "apk";
    private static final String RPM = "rpm";

    static final List<DistroFamily> ALL = List.of(
            row("almalinux", "AlmaLinux", VersionForm.MAJOR, RPM)
                    .like("rhel", "centos", "fedora")
                    .clair("almalinux:")
                    .spelled("alma")
                    .titled("AlmaLinux release")
                    .released(Releases.ALMALINUX, "https://wiki.almalinux.org/release-notes/"),
            row("almalinux", "AlmaLinux Kitten", VersionForm.MAJOR, RPM)
                    .edition("kitten")
                    .like("rhel", "centos", "fedora")
                    .clairWords("kitten")
                    .spelled("almalinux-kitten")
                    .titled("AlmaLinux Kitten release")
                    .released(Releases.ALMALINUX_KITTEN, null),
            row("alpine", "Alpine Linux", VersionForm.ALPINE, APK)
                    .clair("alpine:v")
                    .spelled("alpine linux")
                    .released(Releases.ALPINE, "https://alpinelinux.org/releases/"),
            row("amzn", "Amazon Linux", VersionForm.AMAZON, RPM)
                    .like("centos", "rhel", "fedora")
                    .clair("amzn:")
                    .clairWords("ami")
                    .spelled("amazon", "amazon linux", "amazon linux ami", "amazonlinux")
                    .titled("Amazon Linux")
                    .released(
                            Releases.AMAZON,
                            "https://aws.amazon.com/amazon-linux-2/faqs/, "
                                    + "https://docs.aws.amazon.com/linux/al2023/ug/release-cadence.html"),
            row("arch", "Arch Linux", VersionForm.ROLLING, "alpm")
                    .spelled("arch linux", "archlinux")
                    .released(List.of(), null),
            row("azurelinux", "Azure Linux", VersionForm.MINOR, RPM)
                    .spelled("azure linux", "azure", "microsoft azure linux")
                    .titled("Microsoft Azure Linux")
                    .versionParts(2)
                    .released(Releases.AZURELINUX, null),
            row("centos", "CentOS Linux", VersionForm.MAJOR, RPM)
                    .like("rhel", "fedora")
                    .clair("centos:")
                    .spelled("centos linux")
                    .titled("CentOS Linux release", "CentOS release")
                    .versionParts(1)
                    .released(Releases.CENTOS, "https://www.centos.org/cl-vs-cs/"),
            row("centos", "CentOS Stream", VersionForm.MAJOR, RPM)
                    .edition("stream")
                    .like("rhel", "fedora")
                    .clair("stream:")
                    .spelled("centos stream", "centos-stream", "centosstream")
                    .titled("CentOS Stream release")
                    .versionParts(1)
                    .released(Releases.CENTOS_STREAM, "https://www.centos.org/cl-vs-cs/"),
            row("chainguard", "Chainguard OS", VersionForm.ROLLING, APK).released(List.of(), null),
            row("debian", "Debian", VersionForm.MAJOR, DEB)
                    .clair("debian:")
                    .spelled("debian gnu/linux")
                    .released(Releases.DEBIAN, "https://debian.pages.debian.net/distro-info-data/debian.csv"),
            row("fedora", "Fedora Linux", VersionForm.WHOLE, RPM)
                    .clair("fedora:")
                    .spelled("fedora linux")
                    .titled("Fedora release", "Fedora Linux release")
                    .released(Releases.FEDORA, "https://docs.fedoraproject.org/en-US/releases/eol/"),
            row("mariner", "CBL-Mariner", VersionForm.MINOR, RPM)
                    .spelled("cbl-mariner", "cbl mariner", "common base linux mariner")
                    .titled("CBL-Mariner")
                    .versionParts(2)
                    .released(
                            Releases.MARINER,
                            "https://learn.microsoft.com/azure/azure-linux/release-cadence-lifecycle"),
            row("ol", "Oracle Linux", VersionForm.MAJOR, RPM)
                    .like("fedora")
                    .clair("oracle:")
                    .spelled("oracle", "oracle linux", "oracle linux server", "oraclelinux")
                    .titled("Oracle Linux", "Enterprise Linux Enterprise Linux")
                    .released(Releases.ORACLE, "https://www.oracle.com/a/ocom/docs/elsp-lifetime-069338.pdf"),
            row("opensuse", "openSUSE before Leap 15", VersionForm.WHOLE, RPM)
                    .like("suse")
                    .titled("openSUSE")
                    .released(Releases.OPENSUSE, "https://en.opensuse.org/Lifetime"),
            row("opensuse-leap", "openSUSE Leap", VersionForm.WHOLE, RPM)
                    .like("suse", "opensuse")
                    .purl("opensuse")
                    .spelled("opensuse.leap", "opensuse leap", "opensuseleap")
                    .titled("openSUSE Leap")
                    .released(Releases.LEAP, "https://en.opensuse.org/Lifetime"),
            row("opensuse-leap-micro", "openSUSE Leap Micro", VersionForm.WHOLE, RPM)
                    .like("suse", "opensuse")
                    .purl("opensuse")
                    .spelled("opensuse.leap.micro", "opensuse leap micro")
                    .titled("openSUSE Leap Micro")
                    .released(Releases.LEAP_MICRO, null),
            row("opensuse-tumbleweed", "openSUSE Tumbleweed", VersionForm.ROLLING, RPM)
                    .like("opensuse", "suse")
                    .purl("opensuse")
                    .spelled("opensuse.tumbleweed", "opensuse tumbleweed", "opensusetumbleweed")
                    .titled("openSUSE Tumbleweed")
                    .released(List.of(), null),
            row("openwrt", "OpenWrt", VersionForm.MINOR, "opkg")
                    .like("lede", "openwrt")
                    .released(Releases.OPENWRT, "https://openwrt.org/docs/guide-developer/security#support_status"),
            row("photon", "Photon OS", VersionForm.MINOR, RPM)
                    .spelled("photon os", "vmware photon", "vmware photon os", "vmware photon linux")
                    .titled("VMware Photon")
                    .versionParts(2)
                    .released(
                            Releases.PHOTON,
                            "https://blogs.vmware.com/vsphere/2022/01/photon-1-x-end-of-support-announcement.html"),
            row("rhel", "Red Hat Enterprise Linux and its universal base images (UBI)", VersionForm.MAJOR, RPM)
                    .like("fedora")
                    .purl("redhat")
                    .clair("centos:")
                    .clairWords("enterprise", "computenode")
                    .spelled("redhat", "red hat", "red hat enterprise linux")
                    .titled("Red Hat Enterprise Linux")
                    .released(Releases.RHEL, "https://access.redhat.com/support/policy/updates/errata"),
            row("rocky", "Rocky Linux", VersionForm.MAJOR, RPM)
                    .like("rhel", "centos", "fedora")
                    .clair("rocky:")
                    .spelled("rocky linux", "rockylinux")
                    .titled("Rocky Linux release")
                    .released(Releases.ROCKY, "https://wiki.rockylinux.org/rocky/version/"),
            row("sl-micro", "SUSE Linux Micro", VersionForm.WHOLE, RPM)
                    .like("suse")
                    .purl("suse")
                    .spelled("suse linux micro")
                    .titled("SUSE Linux Micro")
                    .released(Releases.SL_MICRO, "https://www.suse.com/lifecycle"),
            row("sle-micro", "SUSE Linux Enterprise Micro", VersionForm.WHOLE, RPM)
                    .like("suse")
                    .purl("suse")
                    .spelled("suse linux enterprise micro")
                    .titled("SUSE Linux Enterprise Micro")
                    .released(Releases.SLE_MICRO, "https://www.suse.com/lifecycle"),
            row("sles", "SUSE Linux Enterprise Server", VersionForm.WHOLE, RPM)
                    .like("suse")
                    .purl("suse")
                    .spelled("suse", "suse linux enterprise server")
                    .titled("SUSE Linux Enterprise Server")
                    .released(Releases.SLES, "https://www.suse.com/lifecycle"),
            row("ubuntu", "Ubuntu", VersionForm.MINOR, DEB)
                    .like("debian")
                    .clair("ubuntu:")
                    .released(Releases.UBUNTU, "https://debian.pages.debian.net/distro-info-data/ubuntu.csv"),
            row("wolfi", "Wolfi", VersionForm.ROLLING, APK).released(List.of(), null));

    private DistroTable() {}

    /** A distribution that the table does not have: packages are listed, but no advisories are known to be about them. */
    static DistroFamily unknown(String id) {
        return row(id, id, VersionForm.WHOLE, "").released(List.of(), null);
    }

    private static Row row(String id, String name, VersionForm form, String packageType) {
        return new Row(id, name, form, packageType);
    }

    /** A row being written; what it does not say is as most distributions have it. */
    private static final class Row {
        private final String id;
        private final String name;
        private final VersionForm form;
        private final String packageType;
        private @Nullable String edition;
        private List<String> idLike = List.of();
        private String purlNamespace;
        private @Nullable String clairPrefix;
        private List<String> clairWords = List.of();
        private List<String> spellings = List.of();
        private List<String> titles = List.of();
        private int versionParts;

        Row(String id, String name, VersionForm form, String packageType) {
            this.id = id;
            this.name = name;
            this.form = form;
            this.packageType = packageType;
            this.purlNamespace = id;
        }

        Row edition(String value) {
            edition = value;
            return this;
        }

        Row like(String... values) {
            idLike = List.of(values);
            return this;
        }

        Row purl(String value) {
            purlNamespace = value;
            return this;
        }

        Row clair(String value) {
            clairPrefix = value;
            return this;
        }

        Row clairWords(String... values) {
            clairWords = List.of(values);
            return this;
        }

        Row spelled(String... values) {
            spellings = List.of(values);
            return this;
        }

        Row titled(String... values) {
            titles = List.of(values);
            return this;
        }

        Row versionParts(int value) {
            versionParts = value;
            return this;
        }

        DistroFamily released(List<Release> releases, @Nullable String source) {
            return new DistroFamily(
                    id,
                    edition,
                    name,
                    idLike,
                    form,
                    packageType,
                    purlNamespace,
                    clairPrefix,
                    clairWords,
                    spellings,
                    titles,
                    versionParts,
                    source,
                    releases);
        }
    }
}
