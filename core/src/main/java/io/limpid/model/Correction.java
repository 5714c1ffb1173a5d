package io.limpid.model;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody here knows better than the publishers: the state of one vulnerability in a package.
 *
 * @param id the vulnerability's name, or any of its other names
 * @param packageName the name of a binary or source package; {@code *} stands for any characters
 * @param versions the versions of the package that it is about
 * @param namespace the release that it is about, {@code debian:12}; null for any
 * @param status what is so, null for what others say; not {@link FixState#UNDETERMINED}, which says nothing
 * @param fixedVersion the first version without it; there exactly when the status is {@link FixState#FIXED}
 * @param severity how bad it is here, null for what others say; one of both is there
 * @param reason why it is so
 * @param author who says so, null when nobody is named
 * @param expires the last day on which it holds, null for ever
 * @param place where it is written, {@code overrides.yaml:7}
 */
public record Correction(
        String id,
        String packageName,
        VersionRange versions,
        @Nullable String namespace,
        @Nullable FixState status,
        @Nullable String fixedVersion,
        @Nullable Severity severity,
        String reason,
        @Nullable String author,
        @Nullable LocalDate expires,
        String place) {

    /** The states that one can give. */
    public static final List<FixState> STATES = List.of(
            FixState.NOT_AFFECTED,
            FixState.AFFECTED,
            FixState.FIXED,
            FixState.WILL_NOT_FIX,
            FixState.DEFERRED,
            FixState.END_OF_LIFE,
            FixState.UNDER_INVESTIGATION);

    private static final String ANY = "*";
    private static final String CVE = "CVE-";

    public Correction {
        if (id.isBlank() || packageName.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a correction needs an id, a package and a reason: " + place);
        }
        if (status == null ? severity == null : !STATES.contains(status)) {
            throw new IllegalArgumentException(place + " says nothing");
        }
        if ((fixedVersion != null) != (status == FixState.FIXED)) {
            throw new IllegalArgumentException(place + ": the state fixed has a version, and no other has");
        }
        if (severity != null && status == FixState.NOT_AFFECTED) {
            throw new IllegalArgumentException(place + ": what is not there has no severity");
        }
    }

    /** The name of a vulnerability as it is looked for: however its letters are written. */
    public static String key(String name) {
        return name.strip().toUpperCase(Locale.ROOT);
    }

    /** Its id as a report has it that knows no other spelling. */
    public String shownId() {
        return id.regionMatches(true, 0, CVE, 0, CVE.length()) ? id.toUpperCase(Locale.ROOT) : id;
    }

    /** Whether it still holds on a day. */
    public boolean holdsOn(LocalDate day) {
        return expires == null || !day.isAfter(expires);
    }

    /** Whether its package is one by name, and not all whose names look so. */
    public boolean namesOnePackage() {
        return !packageName.contains(ANY);
    }

    /** Whether it also states what no publisher does: that a package has a vulnerability. */
    public boolean adds() {
        return namesOnePackage() && (status == FixState.AFFECTED || status == FixState.FIXED);
    }

    /** Whether a package may be called so. */
    public boolean isNamed(String name) {
        if (namesOnePackage()) {
            return packageName.equals(name);
        }
        String pattern = Arrays.stream(packageName.split("\\*", -1))
                .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                .collect(Collectors.joining(".*"));
        return name.matches(pattern);
    }
}
