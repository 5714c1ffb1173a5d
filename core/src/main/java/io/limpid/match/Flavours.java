package io.limpid.match;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of builds of one package in one release whose versions compare with none of another line: an advisory on one says nothing of the others.
 *
 * <p>Only where a distribution publishes advisories on a line of its own is it one: elsewhere whoever built it so judges it by the usual ones.
 */
final class Flavours {
    private static final String NO_OTHER = "";

    /**
     * A line.
     *
     * @param unlike how the names of packages begin of which there is no other line, {@link #NO_OTHER} where there are none
     */
    private record Flavour(String distribution, String name, Pattern version, String unlike) {
        boolean isOf(String namespace, String packageName, String text) {
            return namespace.startsWith(distribution)
                    && version.matcher(text).find()
                    && (unlike.equals(NO_OTHER) || !packageName.startsWith(unlike));
        }
    }

    private static final List<Flavour> ALL = List.of(
            // Ksplice's epoch is higher than any other build's.
            new Flavour("ol:", "ksplice", Pattern.compile("[.]ksplice"), NO_OTHER),
            new Flavour("ol:", "fips", Pattern.compile("_fips"), NO_OTHER),
            // perf and bpftool are built with either kernel, from versions that have nothing to do with each other.
            new Flavour("ol:", "uek", Pattern.compile("[0-9]uek"), "kernel-uek"),
            new Flavour("ubuntu:", "fips", Pattern.compile("[+.~]Fips|[+.~]fips"), NO_OTHER));

    private Flavours() {}

    /** The line that a version of a package is of; empty for the usual one. */
    static String of(String namespace, String packageName, String version) {
        for (Flavour flavour : ALL) {
            if (flavour.isOf(namespace, packageName, version)) {
                return flavour.name;
            }
        }
        return "";
    }
}
