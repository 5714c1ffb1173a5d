package io.limpid.feedformat.oval;

import java.util.regex.Pattern;

/** Versions of rpm packages as OVAL writes them: always with an epoch. */
final class Evr {
    private static final String NO_EPOCH = "0:";
    private static final int CHARACTERS = 200;
    /** {@code 0:0-0}, {@code 0:0.0.0.azl3}: lower than what any package has, whatever stands behind it. */
    private static final Pattern LOWEST = Pattern.compile("(?:0:)?0+(?:\\.0+)*(?:\\.[a-z]+[0-9]*)?(?:-0)?");

    private static final Pattern BLANK = Pattern.compile("^([0-9]{1,10}:)\\s+");

    private Evr() {}

    /** The version as the package manager writes it: an epoch of nought is none. */
    static String shown(String evr) {
        return evr.startsWith(NO_EPOCH) && evr.length() > NO_EPOCH.length() ? evr.substring(NO_EPOCH.length()) : evr;
    }

    /** {@code 0: 1.20.10-1} is a slip that real documents have; rpm itself would not see the blank. */
    static String withoutBlank(String evr) {
        return BLANK.matcher(evr).replaceFirst("$1");
    }

    static boolean isVersion(String evr) {
        return !evr.isEmpty() && evr.length() <= CHARACTERS && evr.chars().noneMatch(c -> c <= ' ');
    }

    static boolean isLowest(String evr) {
        return LOWEST.matcher(evr).matches();
    }

    /** The versions of a package that are lower than this. */
    static Fact below(Fact.Installed installed, String evr) {
        return isVersion(evr)
                ? installed.between(null, false, shown(evr), null)
                : new Fact.Unknown("not a version: " + evr);
    }

    /** A bound that is just above a version: rpm has {@code 1-1^} after {@code 1-1} and before everything else that is. */
    static String above(String version) {
        return version + "^";
    }
}
