package io.limpid.match;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of builds of one package in one release whose versions compare with none of another line: an advisory on one says nothing of the others.
 *
 * <p>Only where a distribution publishes advisories on a line of its own is it one: elsewhere whoever built it so judges it by the usual ones.
 */
final class Flavours {
    private record Flavour(String distribution, String name, Pattern version) {}

    private static final List<Flavour> ALL = List.of(
            // Ksplice's epoch is higher than any other build's.
            new Flavour("ol:", "ksplice", Pattern.compile("[.]ksplice")),
            new Flavour("ol:", "fips", Pattern.compile("_fips")),
            new Flavour("ubuntu:", "fips", Pattern.compile("[+.~]Fips|[+.~]fips")));

    private Flavours() {}

    /** The line that a version is of; empty for the usual one. */
    static String of(String namespace, String version) {
        for (Flavour flavour : ALL) {
            if (namespace.startsWith(flavour.distribution)
                    && flavour.version.matcher(version).find()) {
                return flavour.name;
            }
        }
        return "";
    }
}
