package io.limpid.feed.ubuntu;

import io.limpid.model.Distros;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For which release, and in which line of builds for it, the tracker says something: {@code jammy}, {@code esm-infra/bionic}, {@code trusty/esm}.
 *
 * @param release the release's number: {@code 18.04}
 * @param kind which of its lines
 */
record BuildLine(String release, Kind kind) {

    /** The lines of builds for a release, in the order in which one follows another. */
    enum Kind {
        /** The release's own archive. */
        BASE,
        /** Ubuntu Pro goes on where the archive ends, in the order of the same versions. */
        ESM,
        /** The same of Pro's later years. */
        ESM_LEGACY,
        /** Builds with certified cryptography, whose versions follow an order of their own. */
        FIPS,
        /** The same with mends after the certificate. */
        FIPS_UPDATES,
        /** Other builds for subscribers: real-time kernels, robots. */
        OTHER_PRO,
        /** Other builds for everybody: kernels for network cards. */
        OTHER
    }

    /** Which line of builds it is stands before the release's number or, in newer records, behind it. */
    private static final Pattern ECOSYSTEM = Pattern.compile(
            "Ubuntu:((?:[A-Za-z][A-Za-z0-9-]{0,30}:){0,3})([0-9]{2}\\.[0-9]{2})(?::LTS)?((?::[A-Za-z][A-Za-z0-9-]{0,30}){0,5})");

    private static final Pattern OF_RELEASE = Pattern.compile("Ubuntu:(?:[^:]*:)*([0-9]{2}\\.[0-9]{2})(?::.*)?");

    private static final Map<String, String> NUMBERS = numbers();

    private static Map<String, String> numbers() {
        Map<String, String> numbers = new HashMap<>();
        for (String number : Distros.versionIds(UbuntuFeed.ID)) {
            numbers.put(Objects.requireNonNull(Distros.codenameOf(UbuntuFeed.ID, number)), number);
        }
        return Map.copyOf(numbers);
    }

    /**
     * The line that the tracker calls so.
     *
     * @return null for what is in no image of a release: {@code upstream}, {@code devel}, {@code snap}, telephones, releases of which nobody knows
     */
    static @Nullable BuildLine of(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return of(name, Kind.BASE);
        }
        String before = name.substring(0, slash);
        String after = name.substring(slash + 1);
        return switch (before) {
            case "esm-infra", "esm-apps", "esm" -> of(after, Kind.ESM);
            case "esm-infra-legacy", "esm-apps-legacy" -> of(after, Kind.ESM_LEGACY);
            case "fips", "fips-preview" -> of(after, Kind.FIPS);
            case "fips-updates" -> of(after, Kind.FIPS_UPDATES);
            case "realtime" -> of(after, Kind.OTHER_PRO);
            // With the robots' release behind it.
            case "ros-esm" -> of(after.replaceFirst("/.*", ""), Kind.OTHER_PRO);
            case "bluefield" -> of(after, Kind.OTHER);
            default -> after.equals("esm") ? of(before, Kind.ESM) : null;
        };
    }

    /**
     * The line that OSV's records call so: {@code Ubuntu:22.04:LTS}, {@code Ubuntu:Pro:18.04:LTS}, {@code Ubuntu:Pro:FIPS-updates:20.04:LTS},
     * {@code Ubuntu:Pro:22.04:LTS:Realtime:Kernel}.
     *
     * @return null for what is none of Ubuntu's
     */
    static @Nullable BuildLine ofEcosystem(String ecosystem) {
        Matcher named = ECOSYSTEM.matcher(ecosystem);
        if (!named.matches()) {
            return null;
        }
        String behind = named.group(3).isEmpty() ? "" : named.group(3).substring(1) + ":";
        String build = named.group(1) + behind;
        Kind kind = switch (build.toLowerCase(Locale.ROOT)) {
            case "" -> Kind.BASE;
            case "pro:" -> Kind.ESM;
            case "pro:fips:", "pro:fips-preview:" -> Kind.FIPS;
            case "pro:fips-updates:" -> Kind.FIPS_UPDATES;
            // Whatever comes to be built for subscribers besides: it is not what everybody has.
            default -> build.startsWith("Pro:") ? Kind.OTHER_PRO : Kind.OTHER;
        };
        return new BuildLine(named.group(2), kind);
    }

    /** Whether OSV's records call some line of a release so, be it one of which nobody knows. */
    static boolean isOfRelease(String ecosystem) {
        Matcher line = OF_RELEASE.matcher(ecosystem);
        return line.matches() && NUMBERS.containsValue(line.group(1));
    }

    private static @Nullable BuildLine of(String codename, Kind kind) {
        String number = NUMBERS.get(codename);
        return number == null ? null : new BuildLine(number, kind);
    }
}
