package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the kernel packages hold, as distributions name them; and where it does not run. */
class KernelPartTest {
    private static final LayerSummary LAYER = new LayerSummary(0, new Digest("a".repeat(64)), null, null, 1, true);

    @ParameterizedTest
    @CsvSource({
        // Debian, Ubuntu.
        "deb, linux-libc-dev, linux, FOR_BUILDING",
        "deb, linux-headers-6.1.0-18-common, linux, FOR_BUILDING",
        "deb, linux-headers-5.15.0-91-generic, linux, FOR_BUILDING",
        "deb, linux-kbuild-6.1, linux, FOR_BUILDING",
        "deb, linux-source-6.1, linux, FOR_BUILDING",
        "deb, linux-image-6.1.0-18-amd64, linux-signed-amd64, KERNEL",
        "deb, linux-image-5.15.0-1050-aws, linux-signed-aws, KERNEL",
        "deb, linux-modules-5.15.0-91-generic, linux, KERNEL",
        "deb, linux-modules-extra-6.5.0-14-generic, linux-hwe-6.5, KERNEL",
        "deb, linux-perf, linux, NONE",
        "deb, linux-cpupower, linux, NONE",
        "deb, linux-tools-5.15.0-91-generic, linux, NONE",
        "deb, linux-tools-common, linux, NONE",
        "deb, linux-cloud-tools-common, linux, NONE",
        "deb, bpftool, linux, NONE",
        "deb, usbip, linux, NONE",
        "deb, hyperv-daemons, linux, NONE",
        "deb, libcpupower1, linux, NONE",
        "deb, linux-base, linux-base, NONE",
        "deb, linux-firmware, linux-firmware, NONE",
        "deb, linuxptp, linuxptp, NONE",
        "deb, libpam0g, pam, NONE",
        "deb, linux-libc-dev, , FOR_BUILDING",
        "deb, linux-headers-of-mine, mine, NONE",
        // Red Hat and those like it, Oracle, Amazon, SUSE.
        "rpm, kernel-headers, kernel, FOR_BUILDING",
        "rpm, kernel-headers, kernel-headers, FOR_BUILDING",
        "rpm, kernel-devel, kernel, FOR_BUILDING",
        "rpm, kernel-rt-debug-devel, kernel-rt, FOR_BUILDING",
        "rpm, kernel-uek-devel, kernel-uek, FOR_BUILDING",
        "rpm, kernel-default-devel, kernel-default, FOR_BUILDING",
        "rpm, kernel-macros, kernel-source, FOR_BUILDING",
        "rpm, kernel6.12-headers, kernel6.12, FOR_BUILDING",
        "rpm, linux-glibc-devel, linux-glibc-devel, FOR_BUILDING",
        "rpm, kernel, kernel, KERNEL",
        "rpm, kernel-core, kernel, KERNEL",
        "rpm, kernel-modules-extra, kernel, KERNEL",
        "rpm, kernel-64k-modules-core, kernel, KERNEL",
        "rpm, kernel-uek-core, kernel-uek, KERNEL",
        "rpm, kernel-uek, kernel-uek, KERNEL",
        "rpm, kernel-default, kernel-default, KERNEL",
        "rpm, kernel-default-base, kernel-default-base, KERNEL",
        "rpm, kernel6.1, kernel6.1, KERNEL",
        "rpm, kernel-livepatch-6.1.12-17.42, kernel-livepatch-6.1.12-17.42, KERNEL",
        "rpm, kernel-tools, kernel, NONE",
        "rpm, kernel-tools-libs, kernel, NONE",
        "rpm, kernel-uek-tools, kernel-uek, NONE",
        "rpm, kernel-rt-kvm, kernel-rt, NONE",
        "rpm, perf, kernel, NONE",
        "rpm, python3-perf, kernel, NONE",
        "rpm, bpftool, kernel, NONE",
        "rpm, rtla, kernel, NONE",
        "rpm, kernel-firmware, kernel-firmware, NONE",
        "rpm, kernel-srpm-macros, kernel-srpm-macros, NONE",
        "rpm, kernelshark, trace-cmd, NONE",
        "rpm, linux-firmware, linux-firmware, NONE",
        // Photon.
        "rpm, linux-api-headers, linux-api-headers, FOR_BUILDING",
        "rpm, linux-secure-devel, linux-secure, FOR_BUILDING",
        "rpm, linux-esx, linux-esx, KERNEL",
        "rpm, linux, linux, KERNEL",
        "rpm, linux-drivers-gpu, linux, KERNEL",
        "rpm, linux-tools, linux, NONE",
        "rpm, linux-python3-perf, linux, NONE",
        "rpm, Linux-PAM, Linux-PAM, NONE",
        // Alpine, Wolfi; Arch.
        "apk, linux-headers, linux-headers, FOR_BUILDING",
        "apk, linux-lts-dev, linux-lts, FOR_BUILDING",
        "apk, linux-virt, linux-lts, KERNEL",
        "apk, linux-pam, linux-pam, NONE",
        "apk, linux-firmware-none, linux-firmware, NONE",
        "apk, linux-tools, linux-tools, NONE",
        "alpm, linux-lts-headers, linux-lts, FOR_BUILDING",
        "alpm, linux-zen, linux-zen, KERNEL",
        "alpm, linux-firmware, linux-firmware, NONE",
        "alpm, linux-tools, linux-tools, NONE",
        // Nobody's kernel.
        "npm, linux-headers, linux, NONE",
    })
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
