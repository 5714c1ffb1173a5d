package io.limpid.model;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of the Linux kernel a package holds, told by its name and that of its source package.
 *
 * <p>Programs that are built from the kernel's source and run as any other (perf, bpftool, cpupower, the kernel's tools) hold nothing of it in this sense: which
 * of the kernel's vulnerabilities they have, nobody tells. Both names must be of the kernel: {@code linux-pam} and {@code linux-firmware} begin as it does.
 */
public enum KernelPart {
    /** Nothing of it. */
    NONE,
    /** What programs and modules are built from: headers, sources, symbols, documentation. */
    FOR_BUILDING,
    /** The kernel itself, or modules of it: they run where a machine was started with them. */
    KERNEL;

    private static final String VERSION = "[0-9][0-9a-z.+~-]*";

    /** Which binary packages hold what, and the source packages that they are built from. */
    private record Names(Pattern source, Pattern forBuilding, Pattern kernel) {
        static Names of(String source, String forBuilding, String kernel) {
            return new Names(Pattern.compile(source), Pattern.compile(forBuilding), Pattern.compile(kernel));
        }
    }

    private static final String RPM_FLAVOUR =
            "16k|64k|64kb|alt|automotive|azure|azure-fde|bigsmp|coco|coco_debug|debug|default|desktop|ec2|hci|hardened|kvmsmall|longterm|lpae|lt|lts|ml|mshv|pae"
                + "|plus|preempt|rt|rt_debug|trace|uek|uek64k|vanilla|xen|zfcpdump";

    private static final String RPM_KERNEL = "kernel(?:" + VERSION + ")?(?:-(?:" + RPM_FLAVOUR + "))*";

    private static final String PHOTON_KERNEL = "linux(?:-(?:aws|esx|hardened|rt|secure))?";

    private static final String ALPINE_KERNEL =
            "linux-(?:asahi|edge|elm|grsec|hardened|lts|octeon|openpax|rpi|rpi2|rpi4|stable|vanilla|virt|virtgrsec|virthardened)";

    private static final String ARCH_KERNEL = "linux(?:-(?:hardened|lts|rt|rt-lts|zen))?";

    private static final Map<String, Names> BY_TYPE = Map.of(
            "deb",
                    Names.of(
                            "linux(?:-.+)?",
                            "linux-(?:libc-dev|headers|kbuild|source|doc|bpf-dev|buildinfo|support|lib-rust)(?:-.+)?",
                            "linux-(?:image|modules)(?:-.+)?"),
            "rpm",
                    Names.of(
                            RPM_KERNEL
                                    + "|kernel-(?:headers|source|docs|syms|obs-build)|kernel-livepatch-.+|kgraft-patch-.+|glibc-kernheaders|linux-glibc-devel|linux-api-headers|"
                                    + PHOTON_KERNEL,
                            RPM_KERNEL
                                    + "-(?:abi-stablelists|abi-whitelists|cross-headers|devel|devel-matched|doc|docs|docs-html|headers|macros|obs-build|obs-qa|source|syms)"
                                    + "|glibc-kernheaders|linux-glibc-devel|linux-api-headers|" + PHOTON_KERNEL
                                    + "-(?:devel|docs)",
                            RPM_KERNEL
                                    + "(?:-(?:base|base-rebuild|container|container-debug|core|extra|optional|modules|modules-core|modules-extra|modules-extra-matched|modules-internal|modules-partner"
                                    + "|uki-virt|uki-virt-addons|uki-dtbloader|drivers-[a-z-]+))?"
                                    + "|kernel-livepatch-.+|kgraft-patch-.+|" + PHOTON_KERNEL
                                    + "(?:-drivers-[a-z-]+)?"),
            "apk",
                    Names.of(
                            ALPINE_KERNEL + "|linux-headers",
                            "linux-headers|" + ALPINE_KERNEL + "-(?:dev|doc)",
                            ALPINE_KERNEL),
            "alpm",
                    Names.of(
                            ARCH_KERNEL + "|linux-api-headers",
                            "linux-api-headers|" + ARCH_KERNEL + "-(?:docs|headers)",
                            ARCH_KERNEL));

    /** What a package holds of it. */
    public static KernelPart of(Package value) {
        Names names = BY_TYPE.get(value.type());
        if (names == null) {
            return NONE;
        }
        boolean built = names.forBuilding.matcher(value.name()).matches();
        if (!built && !names.kernel.matcher(value.name()).matches()) {
            return NONE;
        }
        if (!isOfKernel(names, value.name(), value.source())) {
            return NONE;
        }
        return built ? FOR_BUILDING : KERNEL;
    }

    /** A package whose source nobody told is taken to be its own. */
    private static boolean isOfKernel(Names names, String name, @Nullable SourcePackage source) {
        return source == null
                || source.name().equals(name)
                || names.source.matcher(source.name()).matches();
    }
}
