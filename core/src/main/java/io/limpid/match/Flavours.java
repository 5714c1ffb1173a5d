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
     * @param isAlone whether the usual advisories do not concern it; a line that is built anew with each usual build has their vulnerabilities too
     * @param unlike how the names of packages begin of which there is no other line, {@link #NO_OTHER} where there are none
     */
    private record Flavour(String distribution, String name, Pattern version, boolean isAlone, String unlike) {
        boolean isOf(String namespace, String packageName, String text) {
            return namespace.startsWith(distribution)
                    && version.matcher(text).find()
                    && (unlike.equals(NO_OTHER) || !packageName.startsWith(unlike));
        }
    }

    private static final List<Flavour> ALL = List.of(
            // Ksplice's epoch is higher than any other build's.
            new Flavour("ol:", "ksplice", Pattern.compile("[.]ksplice"), true, NO_OTHER),
            new Flavour("ol:", "fips", Pattern.compile("_fips"), true, NO_OTHER),
            // perf and bpftool are built with either kernel, from versions that have nothing to do with each other.
            new Flavour("ol:", "uek", Pattern.compile("[0-9]uek"), true, "kernel-uek"),
            // Builds of special interest groups: 4.18.0-425.10.1.el8_7.cloud.0.1.
            new Flavour("rocky:", "cloud", Pattern.compile("[.]el[0-9_]+[.]cloud"), false, NO_OTHER),
            new Flavour("rocky:", "security", Pattern.compile("[.]el[0-9_]+[.]security"), false, NO_OTHER),
            new Flavour("ubuntu:", "fips", Pattern.compile("[+.~]Fips|[+.~]fips"), true, NO_OTHER));

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

    /** Whether an advisory on one line concerns builds of another. */
    static boolean concerns(String line, String builds) {
        return line.equals(builds) || (line.isEmpty() && !isAlone(builds));
    }

    private static boolean isAlone(String line) {
        return ALL.stream().filter(flavour -> flavour.name.equals(line)).anyMatch(Flavour::isAlone);
    }
}
