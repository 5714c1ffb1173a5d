package io.limpid.server.clair.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Limits;
import io.limpid.server.clair.Namespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each file says of the namespace; beyond the recorded layers, which {@code RecordedLayersTest} reads. */
class NamespaceDetectorsTest {
    private static final ClairDetectors ALL = ClairDetectors.v1(Limits.DEFAULT);

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("debian:12 dpkg", "etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n"),
                Arguments.of("debian:12 dpkg", "etc/os-release", "ID=debian\r\nVERSION_ID=\"12\"\r"),
                Arguments.of("debian:13 dpkg", "etc/os-release", "VERSION_ID=12\nID=debian\nVERSION_ID=13"),
                Arguments.of("none", "etc/os-release", "ID=debian\nVERSION_ID=\n"),
                Arguments.of("none", "etc/os-release", "ID='debian'\nVERSION_ID=12\n"),
                Arguments.of("none", "etc/os-release", " ID=debian\nVERSION_ID=12\n"),
                Arguments.of("none", "etc/os-release", "ID=opensuse\nVERSION_ID=15\n"),
                Arguments.of("ol:8 rpm", "etc/os-release", "ID=\"ol\"\nVERSION_ID=8"),
                Arguments.of("ubuntu:20.04 dpkg", "etc/lsb-release", "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=20.04\n"),
                Arguments.of("debian:8 dpkg", "etc/lsb-release", "DISTRIB_ID=Debian\nDISTRIB_RELEASE=8.11\n"),
                Arguments.of("debian:8.11 dpkg", "etc/lsb-release", "DISTRIB_RELEASE=8.11\nDISTRIB_ID=Debian\n"),
                Arguments.of("debian:11 dpkg", "etc/apt/sources.list", "# a\ndeb http://x bullseye main\n"),
                Arguments.of("ubuntu:16.04 dpkg", "etc/apt/sources.list", "deb http://x xenial/updates universe main"),
                Arguments.of("none", "etc/apt/sources.list", "deb http://x bullseye/updates main"),
                Arguments.of("none", "etc/apt/sources.list", "deb  http://x bullseye main"),
                Arguments.of("none", "etc/apt/sources.list", "deb http://x bullseye contrib"),
                Arguments.of("alpine:v3.19 dpkg", "etc/alpine-release", "3.19.1\n"),
                Arguments.of("alpine:v3.19 dpkg", "etc/alpine-release", "x\n3.19.1\n3.20.0"),
                Arguments.of("none", "etc/alpine-release", "3.20.0_alpha20231219\n"),
                Arguments.of("none", "etc/alpine-release", "3.19\n"),
                Arguments.of("none", "etc/alpine-release", "3..1\n"),
                Arguments.of("centos:7 rpm", "etc/centos-release", "CentOS Linux release 7.9.2009 (Core)\n"),
                Arguments.of("stream:8 rpm", "etc/centos-release", "CentOS Stream release 8\n"),
                Arguments.of(
                        "centos:7 rpm", "etc/redhat-release", "Red Hat Enterprise Linux Server release 7.9 (Maipo)"),
                Arguments.of("enterprise:8 rpm", "etc/redhat-release", "Red Hat Enterprise Linux release 8.0 (Ootpa)"),
                Arguments.of("oracle:7 rpm", "etc/oracle-release", "Oracle Linux Server release 7.4"),
                Arguments.of("fedora:22 rpm", "etc/redhat-release", "x release y Fedora release 22 (Twenty Two)"),
                Arguments.of(":7 rpm", "etc/system-release", " release 7"),
                Arguments.of("none", "etc/system-release", "CentOS Linux release seven"),
                Arguments.of("none", "etc/system-release", "release 7"),
                Arguments.of("ix:7 rpm", "etc/system-release", "\u0130X release 7"),
                Arguments.of("none", "etc/debian_version", "12.1"));
    }

    /** What the original was found to answer, beyond its recordings. */
    static Stream<Arguments> asked() {
        return Stream.of(
                Arguments.of("centos:5 rpm", "etc/redhat-release", "CentOS release 5.11 (Final)"),
                Arguments.of("centos:6 rpm", "etc/redhat-release", "CentOS release 6.9 (Final)"),
                Arguments.of("centos:8 rpm", "etc/redhat-release", "CentOS Linux release 8.0.1905 (Core)"),
                Arguments.of("centos:7 rpm", "etc/redhat-release", "Red Hat Enterprise Linux Client release 7.1"),
                Arguments.of(
                        "centos:7 rpm",
                        "etc/redhat-release",
                        "Red Hat Enterprise Linux Workstation release 7.2 (Maipo)"),
                Arguments.of(
                        "computenode:7 rpm", "etc/redhat-release", "Red Hat Enterprise Linux ComputeNode release 7.2"),
                Arguments.of("slc:6 rpm", "etc/redhat-release", "Scientific Linux CERN SLC release 6.8 (Carbon)"),
                Arguments.of("sl:5 rpm", "etc/redhat-release", "Scientific Linux SL release 5.5 (Boron)"),
                Arguments.of("rocky:8 rpm", "etc/redhat-release", "Rocky Linux release 8.5 (Green Obsidian)"),
                Arguments.of("hat:9 rpm", "etc/redhat-release", "Red Hat Linux release 9 (Shrike)"),
                Arguments.of(
                        "server:5 rpm",
                        "etc/redhat-release",
                        "Enterprise Linux Enterprise Linux Server release 5.5 (Carthage)"),
                Arguments.of("none", "etc/redhat-release", "Fedora release Rawhide"),
                Arguments.of("x:5 rpm", "etc/redhat-release", "a Linux release x release 5"),
                Arguments.of(":7 rpm", "etc/redhat-release", "x  release 7"),
                Arguments.of("none", "etc/redhat-release", "x\trelease 7"),
                Arguments.of("none", "etc/redhat-release", "derived from Red Hat Enterprise Linux 7.3"),
                Arguments.of("oracle:6 rpm", "etc/oracle-release", "OOracle Linux Server release 6"),
                Arguments.of("oracle:9 rpm", "etc/oracle-release", "Oracle Linux release 9"),
                Arguments.of("ami:2018 rpm", "etc/system-release", "Amazon Linux AMI release 2018.03"),
                Arguments.of("amazon:2023 rpm", "etc/system-release", "Amazon Linux release 2023 (Amazon Linux)"),
                Arguments.of("none", "etc/system-release", "Amazon Linux 2"),
                Arguments.of("debian:8 dpkg", "etc/os-release", "ID=DEBIAN\nVERSION_ID=8"),
                Arguments.of("debian:9 # x dpkg", "etc/os-release", "ID=debian\nVERSION_ID=\"9\" # x"),
                Arguments.of("debian: 8  dpkg", "etc/os-release", "ID=debian\nVERSION_ID= 8 "),
                Arguments.of("none", "etc/os-release", "export ID=debian\nVERSION_ID=8"),
                Arguments.of("debian:8 dpkg", "etc/os-release", "ID=\"deb\"ian\"\nVERSION_ID=8"),
                Arguments.of("ubuntu:8 dpkg", "etc/os-release", "ID=debian\nID_LIKE=x\nVERSION_ID=8\nID=ubuntu"),
                Arguments.of("centos:7 rpm", "etc/lsb-release", "DISTRIB_ID=\"CentOS\"\nDISTRIB_RELEASE=7.9.1"),
                Arguments.of("none", "etc/lsb-release", "DISTRIB_ID=LinuxMint\nDISTRIB_RELEASE=19"),
                Arguments.of("debian:.5 dpkg", "etc/lsb-release", "DISTRIB_RELEASE=.5\nDISTRIB_ID=Debian"),
                Arguments.of("none", "etc/lsb-release", "DISTRIB_ID=Debian\nDISTRIB_RELEASE=.5"),
                Arguments.of("none", "etc/apt/sources.list", "deb [arch=amd64] http://x jessie main"),
                Arguments.of("debian:8 dpkg", "etc/apt/sources.list", "deb http://x oldoldstable main"),
                Arguments.of("debian:unstable dpkg", "etc/apt/sources.list", "deb http://x sid main"),
                Arguments.of("none", "etc/apt/sources.list", "deb http://x focal main"),
                Arguments.of("none", "etc/apt/sources.list", "deb http://x Jessie main"),
                Arguments.of("debian:8 dpkg", "etc/apt/sources.list", "deb http://x jessie  main"),
                Arguments.of("debian:8 dpkg", "etc/apt/sources.list", "deb http://x jessie main\r"),
                Arguments.of("none", "etc/apt/sources.list", "# deb http://x jessie main"),
                Arguments.of("debian:8 dpkg", "etc/apt/sources.list", "#deb http://x jessie main"),
                Arguments.of("none", "etc/apt/sources.list", "deb http://x trusty-security main"),
                Arguments.of(
                        "ubuntu:16.04 dpkg",
                        "etc/apt/sources.list",
                        "deb http://x focal main\ndeb http://x /xenial main\ndeb http://x xenial/ main"),
                Arguments.of("alpine:v03.04 dpkg", "etc/alpine-release", "03.04.06"),
                Arguments.of("none", "etc/alpine-release", "3.4.6 "),
                Arguments.of("none", "etc/alpine-release", "3.4.6.1"));
    }

    @ParameterizedTest
    @MethodSource({"files", "asked"})
    void tellsTheNamespace(String expected, String path, String content) throws IOException {
        assertThat(namespace(path, content)).isEqualTo(expected);
    }

    @Test
    void asksTheOneThatVulnerabilitiesAreFiledUnderFirst() throws IOException {
        assertThat(namespace(
                        "etc/os-release", "ID=\"amzn\"\nVERSION_ID=\"2\"",
                        "etc/system-release", "Amazon Linux release 2 (Karoo)"))
                .isEqualTo("amzn:2 rpm");
        assertThat(namespace(
                        "etc/os-release", "ID=\"ol\"\nVERSION_ID=\"7.4\"",
                        "etc/oracle-release", "Oracle Linux Server release 7.4",
                        "etc/redhat-release", "Red Hat Enterprise Linux Server release 7.4"))
                .isEqualTo("oracle:7 rpm");
        assertThat(namespace("etc/os-release", "ID=alpine\nVERSION_ID=3.4.1", "etc/alpine-release", "3.4.1"))
                .isEqualTo("alpine:v3.4 dpkg");
        assertThat(namespace(
                        "etc/os-release", "ID=debian\nVERSION_ID=11",
                        "etc/apt/sources.list", "deb http://x stable main"))
                .isEqualTo("debian:11 dpkg");
        assertThat(namespace("etc/os-release", "ID=debian\n", "etc/apt/sources.list", "deb http://x sid main"))
                .isEqualTo("debian:unstable dpkg");
    }

    @Test
    void readsBothOsReleaseFilesAsOne() throws IOException {
        assertThat(namespace("etc/os-release", "ID=debian\nVERSION_ID=8", "usr/lib/os-release", "VERSION_ID=9"))
                .isEqualTo("debian:9 dpkg");
    }

    /** A word that goes back to the beginning from every place would take hours. */
    @Test
    void aLongReleaseFileTakesNoLongerThanItsLength() throws IOException {
        assertThat(namespace("etc/system-release", "release".repeat(2_000_000))).isEqualTo("none");
        assertThat(namespace("etc/system-release", " release".repeat(2_000_000)))
                .isEqualTo("none");
        assertThat(namespace("etc/system-release", "x".repeat(1_000_000) + " release 7"))
                .isEqualTo("none");
    }

    @Test
    void theListHasAllThatThereAre() {
        Set<String> listed = new TreeSet<>();
        ALL.namespaces().forEach(one -> listed.add(one.getClass().getName()));
        ALL.listers().forEach(one -> listed.add(one.getClass().getName()));
        Set<String> there = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPackagesOf(ClairDetectors.class)) {
            if (!type.isInterface()
                    && (type.isAssignableTo(NamespaceDetector.class) || type.isAssignableTo(FeatureLister.class))) {
                there.add(type.getName());
            }
        }
        assertThat(listed).isEqualTo(there);
    }

    private static String namespace(String... pathsAndContents) throws IOException {
        List<LayerFile> files = new ArrayList<>();
        for (int i = 0; i < pathsAndContents.length; i += 2) {
            files.add(new LayerFile(pathsAndContents[i], pathsAndContents[i + 1].getBytes(StandardCharsets.UTF_8)));
        }
        return ALL.detect(LayerFiles.of(files))
                .namespace()
                .map((Namespace found) -> found.name() + " " + found.versionFormat())
                .orElse("none");
    }
}
