package io.limpid.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells packages of the kernel whose vulnerable code does not run where they were found.
 *
 * <p>What only serves to build ({@link KernelPart#FOR_BUILDING}) runs nowhere. The kernel itself does not run in a container, which has that of its host; but what
 * was scanned need not be meant for one. Only of an image it is believed, and not of one that can be started as a machine: with a boot loader, or with what
 * installs such images.
 */
public final class IdleKernel {
    /** The word by which reports call the class of such findings. */
    public static final String WORD = "kernel-not-running";

    private static final String FOLDER = "dir";

    private static final Pattern STARTS_MACHINES = Pattern.compile(
            "bootc|ostree|ostree-boot|rpm-ostree|(?:grub|grub2|shim|systemd-boot|syslinux|elemental|u-boot)(?:-.+)?|extlinux|isolinux|lilo|refind|limine|kairos-.+");

    private final boolean container;

    private IdleKernel(boolean container) {
        this.container = container;
    }

    /** Of what a report is about. */
    public static IdleKernel of(Report report) {
        return new IdleKernel(
                isImage(report) && report.inventory().packages().stream().noneMatch(IdleKernel::starts));
    }

    /** A folder may be a machine's, and so may what is listed by a document that knows no layers. */
    private static boolean isImage(Report report) {
        return !report.target().kind().equals(FOLDER)
                && report.layers().stream().anyMatch(layer -> layer.diffId() != null || layer.digest() != null);
    }

    private static boolean starts(InventoryPackage one) {
        return one.removedInLayer() == null
                && STARTS_MACHINES
                        .matcher(one.value().name().toLowerCase(Locale.ROOT))
                        .matches();
    }

    /** Whether a finding is one in a package of the kernel that does not run there. */
    public boolean holds(Finding finding) {
        return switch (KernelPart.of(finding.affected().value())) {
            case NONE -> false;
            case FOR_BUILDING -> true;
            case KERNEL -> container;
        };
    }
}
