package io.limpid.sbom;

import io.limpid.model.Distro;
import io.limpid.model.DistroFamily;
import io.limpid.model.Distros;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the distribution behind the names that tools give it: {@code rhel-8.6}, {@code oracle-8}, {@code bookworm}. */
final class DistroSpelling {
    private static final String SEPARATORS = "-: ";
    private static final int LONGEST = 100;
    private static final Pattern IN_BRACKETS = Pattern.compile("\\([^()]*\\)$");
    private static final Pattern SUPPORT = Pattern.compile("[- ]lts$");

    private DistroSpelling() {}

    /**
     * The distribution of a package-url's {@code distro} qualifier: {@code ID-VERSION_ID}, an ID or a release's name alone, a number alone.
     *
     * @param vendor the package-url's namespace, whose distribution a number alone belongs to
     * @return null when neither a distribution is known by it nor a version is there
     */
    static @Nullable Distro ofQualifier(String qualifier, @Nullable String vendor) {
        String text = lower(qualifier);
        if (text.length() > LONGEST) {
            return null;
        }
        Distro release = Distros.ofRelease(withoutSid(text));
        if (release != null) {
            return release;
        }
        if (Distros.spelled(text) != null) {
            return of(text, null, null);
        }
        Distro split = split(text);
        if (split != null || vendor == null) {
            return split;
        }
        // What stands alone is a release of whoever made the package: 3.18.4, edge, testing.
        String own = lower(vendor);
        return isNumbered(withoutV(text)) || hasNamedReleases(id(own)) ? of(own, text, null) : null;
    }

    /** The distribution that a tool calls by this name, with a version or a release's name; null as with a qualifier. */
    static @Nullable Distro of(String name, @Nullable String version, @Nullable String codename) {
        DistroFamily family = Distros.spelled(lower(name));
        String id = family == null ? lower(name) : family.id();
        String called = family == null || family.edition() == null ? codename : family.edition();
        String release = version == null ? "" : release(version);
        if (release.isEmpty()) {
            return family != null ? Distros.of(id, null, called) : ofQualifier(name, null);
        }
        if (release.length() > LONGEST || !isId(id) || !isRelease(release)) {
            return null;
        }
        if (isNumbered(release)) {
            return Distros.of(id, release, called);
        }
        Distro known = Distros.ofRelease(release);
        if (known != null && known.id().equals(id)) {
            return known;
        }
        if (family == null) {
            return null;
        }
        return Distros.hasNamedReleases(id) ? Distros.of(id, null, release) : Distros.of(id, release, called);
    }

    /** The distribution with the longest name that is known, else that before a number: {@code opensuse-leap-15.5}. */
    private static @Nullable Distro split(String text) {
        String unknown = null;
        for (int at = text.length() - 1; at > 0; at--) {
            if (SEPARATORS.indexOf(text.charAt(at)) < 0) {
                continue;
            }
            String name = text.substring(0, at);
            String rest = text.substring(at + 1);
            if (Distros.spelled(name) != null) {
                return of(name, rest, null);
            }
            unknown = isNumbered(rest) ? name : unknown;
        }
        return unknown == null ? null : of(unknown, text.substring(unknown.length() + 1), null);
    }

    /** A version or a release's name as os-release would have it: {@code 12} of "12 (bookworm)", {@code 3.18} of "v3.18". */
    private static String release(String version) {
        String text = IN_BRACKETS.matcher(lower(version)).replaceFirst("").strip();
        return withoutV(withoutSid(SUPPORT.matcher(text).replaceFirst("")));
    }

    /** Debian calls what is not released yet bookworm/sid, be it testing or unstable. */
    private static String withoutSid(String release) {
        return release.endsWith("/sid") ? release.substring(0, release.length() - "/sid".length()) : release;
    }

    /** Alpine's repositories are called v3.18. */
    private static String withoutV(String release) {
        return release.startsWith("v") && isNumbered(release.substring(1)) ? release.substring(1) : release;
    }

    private static String id(String name) {
        DistroFamily family = Distros.spelled(name);
        return family == null ? name : family.id();
    }

    /** Debian and Ubuntu call releases by a name; Alpine's edge stands where a version does. */
    private static boolean hasNamedReleases(String id) {
        return Distros.hasNamedReleases(id) || id.equals("alpine");
    }

    private static boolean isId(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> isDigit(c) || (c >= 'a' && c <= 'z') || "._-".indexOf(c) >= 0);
    }

    private static boolean isRelease(String text) {
        return isId(text.replace('+', '.').replace('~', '.'));
    }

    private static boolean isNumbered(String text) {
        return !text.isEmpty() && isDigit(text.charAt(0));
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
