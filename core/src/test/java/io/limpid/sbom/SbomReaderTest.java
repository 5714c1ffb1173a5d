package io.limpid.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
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
                    .forEach(problem ->
                            text.append("problem ").append(problem.what()).append('\n'));
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

    @ParameterizedTest
    @CsvSource({
        "debian-12,debian:12,bookworm",
        "debian-12.5,debian:12,",
        "bookworm,debian:12,bookworm",
        "debian-bookworm,debian:12,bookworm",
        "debian-sid,debian:sid,sid",
        "ubuntu-22.04,ubuntu:22.04,jammy",
        "alpine-3.18.9,alpine:3.18,",
        "alpine-v3.18,alpine:3.18,",
        "alpine-edge,alpine:edge,",
        "rhel-8.6,rhel:8,",
        "redhat-8,rhel:8,",
        "oracle-8,ol:8,",
        "ol-8.9,ol:8,",
        "amazon-2,amzn:2,",
        "amzn-2023,amzn:2023,",
        "alma-8,almalinux:8,",
        "AlmaLinux-8,almalinux:8,",
        "rocky-9.3,rocky:9,",
        "wolfi-20230201,wolfi,",
        "opensuse-leap-15.5,opensuse-leap:15.5,",
        "opensuse-tumbleweed,opensuse-tumbleweed,",
    })
    void distroQualifiers(String qualifier, String namespace, String codename) throws IOException {
        Distro distro =
                Objects.requireNonNull(read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":"
                                + "[{\"purl\":\"pkg:rpm/x/a@1?distro=" + qualifier + "\"}]}")
                        .inventory()
                        .distro());
        assertThat(distro.namespace()).isEqualTo(namespace);
        assertThat(distro.codename()).isEqualTo(codename);
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
