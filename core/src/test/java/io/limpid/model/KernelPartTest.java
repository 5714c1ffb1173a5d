package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the kernel packages hold, as distributions name them; and where it does not run. */
class KernelPartTest {
    private static final LayerSummary LAYER = new LayerSummary(0, new Digest("a".repeat(64)), null, null, 1, true);

    @ParameterizedTest
    @CsvFileSource(resources = "kernel-packages.csv")
    void parts(String type, String name, @Nullable String source, KernelPart part) {
        assertThat(KernelPart.of(installed(type, name, source).value())).isEqualTo(part);
    }

    /** The kernel of an image does not run, unless the image may be started as a machine; that of a folder may. */
    @ParameterizedTest
    @CsvSource({
        "docker-archive, '', true, true",
        "registry, grub-legacy-doc-of-nobody, true, false",
        "registry, bootc, true, false",
        "registry, rpm-ostree, true, false",
        "registry, shim-x64, true, false",
        "registry, systemd-boot-efi, true, false",
        "registry, systemd, true, true",
        "sbom, '', true, true",
        "sbom, '', false, false",
        "dir, '', false, false",
    })
    void whereItRuns(String kind, String besides, boolean layers, boolean idle) {
        List<InventoryPackage> packages = new ArrayList<>();
        packages.add(installed("deb", "linux-image-6.1.0-18-amd64", "linux"));
        packages.add(installed("deb", "linux-libc-dev", "linux"));
        packages.add(installed("deb", "linux-perf", "linux"));
        if (!besides.isEmpty()) {
            packages.add(installed("deb", besides, besides));
        }
        List<Finding> findings = packages.stream().map(KernelPartTest::finding).toList();
        IdleKernel kernel = IdleKernel.of(new Report(
                new ScanTarget(kind, "x", null, null, null),
                layers
                        ? List.of(LAYER)
                        : kind.equals("dir") ? List.of(new LayerSummary(0, null, null, null, 0, false)) : List.of(),
                new Inventory(Distros.of("debian", "12", null), packages, List.of()),
                findings,
                List.of(),
                new Verdict(Verdict.Result.VULNERABLE, true, List.of())));
        assertThat(findings.stream().map(kernel::holds).limit(3)).containsExactly(idle, true, false);
    }

    private static Finding finding(InventoryPackage one) {
        return new Finding(
                "CVE-1",
                List.of(),
                one,
                Severity.HIGH,
                null,
                List.of(),
                FindingState.AFFECTED,
                null,
                "debian",
                null,
                null,
                null,
                null);
    }

    private static InventoryPackage installed(String type, String name, @Nullable String source) {
        return new InventoryPackage(
                new Package(
                        type, name, "1-1", "x", source == null ? null : new SourcePackage(source, "1-1"), null, "db"),
                "pkg:" + type + "/" + name,
                0,
                null,
                null);
    }
}
