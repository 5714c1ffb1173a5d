package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackageUrlsTest {
    private static final Distro DEBIAN = Distros.of("debian", "12", null);

    /** Columns: type, name, version, arch, source's name, source's version, distro's ID, distro's VERSION_ID, the package-url. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "deb,curl,7.88.1-10+deb12u5,amd64,-,-,debian,12,pkg:deb/debian/curl@7.88.1-10%2Bdeb12u5?arch=amd64&distro=debian-12",
                "deb,libcurl4,7.88.1-10,amd64,curl,7.88.1-10,debian,12,pkg:deb/debian/libcurl4@7.88.1-10?arch=amd64&distro=debian-12&upstream=curl",
                "deb,bash,5.2-2+b2,amd64,bash,5.2-2,debian,12,pkg:deb/debian/bash@5.2-2%2Bb2?arch=amd64&distro=debian-12&upstream=bash%405.2-2",
                "deb,libstdc++6,1:12~rc1,arm64,-,-,ubuntu,22.04,pkg:deb/ubuntu/libstdc%2B%2B6@1:12~rc1?arch=arm64&distro=ubuntu-22.04",
                "apk,busybox,1.36.1-r2,x86_64,busybox,1.36.1-r2,alpine,3.18.9,pkg:apk/alpine/busybox@1.36.1-r2?arch=x86_64&distro=alpine-3.18.9",
                "rpm,brotli,1:1.0.6-1.el8,x86_64,-,-,rhel,8.6,pkg:rpm/redhat/brotli@1.0.6-1.el8?arch=x86_64&distro=rhel-8.6&epoch=1",
                "rpm,bash,4.4-19,x86_64,-,-,sles,15.3,pkg:rpm/suse/bash@4.4-19?arch=x86_64&distro=sles-15.3",
                "rpm,bash,4.4-19,x86_64,-,-,opensuse-leap,15.5,pkg:rpm/opensuse/bash@4.4-19?arch=x86_64&distro=opensuse-leap-15.5",
                "rpm,bash,5.1-1,x86_64,-,-,centos,9,pkg:rpm/centos/bash@5.1-1?arch=x86_64&distro=centos-9",
                "alpm,zlib,1:1.3.1-1,x86_64,-,-,arch,-,pkg:alpm/arch/zlib@1:1.3.1-1?arch=x86_64&distro=arch",
                "opkg,busybox,1.36.1-1,x86_64,-,-,openwrt,23.05.3,pkg:opkg/openwrt/busybox@1.36.1-1?arch=x86_64&distro=openwrt-23.05.3",
                "rpm,a^b,1^2~3,-,-,-,fedora,40,pkg:rpm/fedora/a%5Eb@1%5E2~3?distro=fedora-40",
                "apk,musl,1,-,-,-,wolfi,-,pkg:apk/wolfi/musl@1?distro=wolfi",
                "deb,a,1,-,-,-,-,-,pkg:deb/a@1",
            })
    void canonical(
            String type,
            String name,
            String version,
            String arch,
            String source,
            String sourceVersion,
            String id,
            String versionId,
            String expected)
            throws MalformedPackageURLException {
        SourcePackage from = source == null ? null : new SourcePackage(source, sourceVersion);
        Package one = new Package(type, name, version, arch, from, null, "x");
        String url = PackageUrls.of(one, id == null ? null : Distros.of(id, versionId, null));
        assertThat(url).isEqualTo(expected);
        // The library encodes the colon too, which the specification's present edition forbids.
        assertThat(new PackageURL(url).canonicalize().replace("%3A", ":")).isEqualTo(expected);
    }

    @Test
    void otherThanAsciiIsUtf8() {
        Package one = new Package("deb", "caf\u00e9", "1\ud83d\ude00", null, null, null, "x");
        assertThat(PackageUrls.of(one, DEBIAN)).isEqualTo("pkg:deb/debian/caf%C3%A9@1%F0%9F%98%80?distro=debian-12");
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(20);
    }

    @Property
    void theLibraryReadsThePartsBack(
            @ForAll("words") String name,
            @ForAll("words") String version,
            @ForAll("words") String arch,
            @ForAll("words") String source)
            throws MalformedPackageURLException {
        // A type that the library has no rule for: of those it knows it lowers some names.
        Package one = new Package("generic", name, version, arch, new SourcePackage(source, version + "x"), null, "x");
        PackageURL read = new PackageURL(PackageUrls.of(one, DEBIAN));
        assertThat(read.getName()).isEqualTo(name);
        assertThat(read.getVersion()).isEqualTo(version);
        assertThat(read.getNamespace()).isEqualTo("debian");
        assertThat(read.getQualifiers())
                .isEqualTo(Map.of("arch", arch, "distro", "debian-12", "upstream", source + "@" + version + "x"));
    }
}
