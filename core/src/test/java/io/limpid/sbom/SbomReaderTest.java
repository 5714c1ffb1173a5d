package io.limpid.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.format.Printable;
import io.limpid.model.Distro;
import io.limpid.model.ErrorCode;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.SourcePackage;
import io.limpid.testing.BrokenInput;
import io.limpid.testing.Golden;
import io.limpid.testing.Shared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.XZInputStream;

final class SbomReaderTest {
    private static final String CASES = "io/limpid/sbom/cases/";

    private static SbomDocument read(String json) throws IOException {
        return SbomReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Limits.DEFAULT);
    }

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (Stream<Path> found = Files.list(Path.of("src", "test", "resources").resolve(CASES))) {
            return found.sorted().toList().stream()
                    .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> checkCase(path)));
        }
    }

    private static void checkCase(Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("in.json"))) {
            Golden.check(CASES + folder.getFileName() + "/expected.txt", shown(in));
        }
    }

    private static String shown(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            SbomDocument document = SbomReader.read(in, Limits.DEFAULT);
            Inventory inventory = document.inventory();
            Distro distro = inventory.distro();
            text.append("format ").append(document.format()).append('\n');
            text.append("distro ").append(distro).append('\n');
            inventory.packages().forEach(one -> text.append(shown(one)));
            inventory
                    .problems()
                    .forEach(problem -> text.append("problem ")
                            .append(Printable.of(problem.what()))
                            .append('\n'));
        } catch (LimpidException e) {
            text.append(e.code())
                    .append(": ")
                    .append(e.what())
                    .append("\ncause: ")
                    .append(e.reason());
            text.append("\nhint: ").append(e.hint()).append('\n');
        }
        return text.toString();
    }

    private static String shown(InventoryPackage one) {
        SourcePackage source = one.value().source();
        return String.join(
                        " ",
                        "package",
                        one.value().type(),
                        one.value().name(),
                        one.value().version())
                + "\n    arch " + one.value().arch()
                + "\n    source " + (source == null ? null : source.name() + " " + source.version())
                + "\n    location " + one.value().location()
                + "\n    purl " + one.purl() + "\n";
    }

    /** Columns: type and namespace of the package-url, its distro qualifier; the namespace of the advisories and the codename. */
    @ParameterizedTest
    @CsvFileSource(resources = "distros.csv")
    void distroQualifiers(String of, String qualifier, String namespace, @Nullable String codename) throws IOException {
        Inventory inventory = read(cycloneDx(component("pkg:" + of + "/a@1?distro=" + qualifier)))
                .inventory();
        Distro distro = Objects.requireNonNull(inventory.distro());
        assertThat(distro.namespace()).isEqualTo(namespace);
        assertThat(distro.codename()).isEqualTo(codename);
        assertThat(inventory.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "deb/x,testing",
        "deb/x,stable",
        "deb/x,foo",
        "deb/x,foo-bar",
        "deb/x,-",
        "deb/x,my%20linux%203",
        "deb/x,debian-12%00",
        "deb/x,debian-12/../13",
        "apk/alpine/more,foo",
        "npm/x,nothing",
    })
    void aDistributionThatIsNotKnownIsAProblem(String of, String qualifier) throws IOException {
        Inventory inventory = read(cycloneDx(
                        component("pkg:" + of + "/a@1?distro=" + qualifier),
                        component("pkg:" + of + "/b@1?distro=" + qualifier)))
                .inventory();
        assertThat(inventory.distro()).isNull();
        assertThat(inventory.packages()).hasSize(2);
        // Of other packages than an operating system's nothing is believed, and nothing asked.
        assertThat(inventory.problems()).hasSize(of.startsWith("npm") ? 0 : 1);
    }

    /** Columns: what package-urls say, what the operating systems are; the namespace believed, or what the problem says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "debian-12 | debian 12 | debian:12 | -",
                "debian-12 | debian 12.5 | debian:12 | -",
                "debian-12 | debian | debian:12 | -",
                "debian, debian-12 | - | debian:12 | -",
                "- | debian 12 | debian:12 | -",
                "- | debian | debian | -",
                "- | - | - | -",
                "bookworm | Debian GNU/Linux 12 (bookworm) | debian:12 | -",
                "rhel-8.6, redhat-8 | Red Hat Enterprise Linux 8.9 | rhel:8 | -",
                "- | CentOS Stream 8 | centos-stream:8 | -",
                "centos-9 | CentOS Stream 9 | centos-stream:9 | -",
                "centos-8 | CentOS Stream 8 | - | operating system centos-stream:8, but its package-urls say centos:8",
                "centos-stream, centos-stream-8 | - | centos-stream:8 | -",
                "amazon-2, amzn-2 | Amazon Linux 2 | amzn:2 | -",
                "opensuse-leap-15.5 | openSUSE Leap 15.5 | opensuse-leap:15.5 | -",
                "opensuse-tumbleweed | opensuse-tumbleweed 20240101 | opensuse-tumbleweed | -",
                "sles-15.5 | SUSE Linux Enterprise Server 15.5 | sles:15.5 | -",
                "azurelinux-3.0 | Microsoft Azure Linux 3.0 | azurelinux:3.0 | -",
                "ubuntu-22.04 | debian 12 | - | operating system debian:12, but its package-urls say ubuntu:22.04",
                "ubuntu-22.04 | debian | - | operating system debian, but its package-urls say ubuntu:22.04",
                "alpine-3.17 | alpine 3.18.9 | - | operating system alpine:3.18, but its package-urls say alpine:3.17",
                "debian-12, ubuntu-22.04 | debian 12 | - | several distributions in package-urls (debian:12,"
                        + " ubuntu:22.04)",
                "debian, ubuntu-22.04 | - | - | several distributions in package-urls (debian, ubuntu:22.04)",
                "debian-12 | debian 12, alpine 3.18 | - | several operating systems (alpine:3.18, debian:12)",
                "- | Solaris | - | the operating system \"Solaris\" is not known",
            })
    void theDistributionIsWhatAllAgreeOn(String urls, String systems, String namespace, String problem)
            throws IOException {
        Stream<String> components = Stream.concat(
                split(systems)
                        .map(name -> name.matches("\\S+ \\S+")
                                ? "{\"type\":\"operating-system\",\"name\":\"" + name.replace(" ", "\",\"version\":\"")
                                        + "\"}"
                                : "{\"type\":\"operating-system\",\"name\":\"" + name + "\"}"),
                split(urls).map(distro -> component("pkg:deb/debian/" + distro + "@1?distro=" + distro)));
        Inventory inventory = read(cycloneDx(components.toArray(String[]::new))).inventory();
        Distro distro = inventory.distro();
        assertThat(distro == null ? null : distro.namespace()).isEqualTo(namespace);
        if (problem == null) {
            assertThat(inventory.problems()).isEmpty();
        } else {
            assertThat(inventory.problems()).hasSize(1);
            assertThat(inventory.problems().getFirst().what()).contains(problem);
        }
    }

    private static Stream<String> split(@Nullable String list) {
        return list == null ? Stream.of() : Arrays.stream(list.split(", ", -1));
    }

    private static String component(String purl) {
        return "{\"type\":\"library\",\"name\":\"x\",\"purl\":\"" + purl + "\"}";
    }

    private static String cycloneDx(String... components) {
        return "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[" + String.join(",", components)
                + "]}";
    }

    @ParameterizedTest
    @CsvSource({
        "sbom-bad-purls.json, deb bash 5.2.15-2+b2;npm @scope/name 1.0.0, 6",
        "sbom-cyclonedx-cycle.json, npm a 1;npm b 1, 0",
        "sbom-spdx-relationship-cycle.json, npm a 1;npm b 1, 0",
    })
    void hostileDocuments(String file, String packages, int problems) throws IOException {
        try (InputStream in = Files.newInputStream(Shared.require("images/hostile/" + file))) {
            Inventory inventory = SbomReader.read(in, Limits.DEFAULT).inventory();
            assertThat(inventory.packages())
                    .extracting(one -> one.value().type() + " " + one.value().name() + " "
                            + one.value().version())
                    .containsAll(Arrays.asList(packages.split(";", -1)))
                    .doesNotHaveDuplicates();
            assertThat(inventory.problems()).hasSize(problems);
        }
    }

    @Test
    void hostileJson() throws IOException {
        try (InputStream in = Files.newInputStream(Shared.require("images/hostile/json-duplicate-keys.json"))) {
            assertThatThrownBy(() -> SbomReader.read(in, Limits.DEFAULT))
                    .hasMessageContaining("\"components\" is there twice");
        }
        try (InputStream in =
                new XZInputStream(Files.newInputStream(Shared.require("images/hostile/json-deep-feed.json.xz")))) {
            assertThatThrownBy(() -> SbomReader.read(in, Limits.DEFAULT)).isInstanceOf(LimpidException.class);
        }
    }

    @Test
    void problemsAreBounded() throws IOException {
        Inventory inventory = read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":["
                        + "{\"name\":\"x\"},".repeat(999) + "{\"name\":\"x\"}]}")
                .inventory();
        assertThat(inventory.problems()).hasSize(Limits.DEFAULT.problems() + 1);
        assertThat(inventory.problems().getLast().what()).contains("900 more");
    }

    @Test
    void aReadErrorPasses() {
        IOException broken = new IOException("gone");
        InputStream in = new BrokenInput(broken);
        assertThatThrownBy(() -> SbomReader.read(in, Limits.DEFAULT)).isSameAs(broken);
    }

    @Test
    void errorsHaveTheOneShape() {
        assertThatThrownBy(() -> read("<bom/>")).isInstanceOfSatisfying(LimpidException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.NOT_AN_IMAGE);
            assertThat(e.reason()).isNotEmpty();
            assertThat(e.hint()).isNotEmpty();
        });
    }
}
