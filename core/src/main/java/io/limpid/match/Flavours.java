package io.limpid.match;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lines of builds of one package in one release whose versions compare with none of another line: an advisory on one says nothing of the others.
 *
 * <p>Only where a distribution publishes advisories on a line of its own is it one: elsewhere whoever built it so judges it by the usual ones. Of a line
 * that is made from the usual builds not everything is told that is told of those: what is not, nobody knows of what is newer than the build it was made from.
 */
final class Flavours {
    private static final String NO_OTHER = "";

    /** How a line stands to the usual builds. */
    private enum Kin {
        /** Their advisories do not concern it. */
        NONE,
        /** It is made from them, and their advisories concern it where it has none of its own. */
        MADE_FROM,
        /** It is built anew with each of them and has their vulnerabilities too. */
        BUILT_ANEW
    }

    /**
     * A line.
     *
     * @param version what tells it in a version; without it there is left the version of the usual build that it was made from
     * @param unlike how the names of packages begin of which there is no other line, {@link #NO_OTHER} where there are none
     */
    private record Flavour(String distribution, String name, Pattern version, Kin kin, String unlike) {
        boolean isOf(String namespace, String packageName, String text) {
            return namespace.startsWith(distribution)
                    && version.matcher(text).find()
                    && (unlike.equals(NO_OTHER) || !packageName.startsWith(unlike));
        }
    }

    private static final List<Flavour> ALL = List.of(
            // Ksplice's epoch is higher than any other build's.
            new Flavour("ol:", "ksplice", Pattern.compile("[.]ksplice[0-9]*"), Kin.MADE_FROM, NO_OTHER),
            new Flavour("ol:", "fips", Pattern.compile("_fips"), Kin.MADE_FROM, NO_OTHER),
            // perf and bpftool are built with either kernel, from versions that have nothing to do with each other.
            new Flavour("ol:", "uek", Pattern.compile("[0-9]uek"), Kin.NONE, "kernel-uek"),
            // Builds of special interest groups: 4.18.0-425.10.1.el8_7.cloud.0.1.
            new Flavour("rocky:", "cloud", Pattern.compile("[.]el[0-9_]+[.]cloud"), Kin.BUILT_ANEW, NO_OTHER),
            new Flavour("rocky:", "security", Pattern.compile("[.]el[0-9_]+[.]security"), Kin.BUILT_ANEW, NO_OTHER),
            // What follows is the line's own: 1.1.1f-1ubuntu2.fips.2.8.
            new Flavour("ubuntu:", "fips", Pattern.compile("[+.~][Ff]ips.*"), Kin.MADE_FROM, NO_OTHER));

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
        return line.equals(builds)
                || (line.isEmpty() && ALL.stream().noneMatch(one -> one.name.equals(builds) && one.kin == Kin.NONE));
    }

    /** The version of the usual build that one of another line was made from; null where it is of none that is. */
    static @Nullable String usual(String namespace, String packageName, String version) {
        for (Flavour flavour : ALL) {
            if (flavour.kin == Kin.MADE_FROM && flavour.isOf(namespace, packageName, version)) {
                return flavour.version.matcher(version).replaceFirst("");
            }
        }
        return null;
    }
}
