package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * Versions that have a vulnerability: those from one version on and before another; without bounds all of them.
 *
 * @param introduced the first version that has it, null for every one from the beginning on
 * @param fixed the first version that no longer has it, null when there is none or {@code lastAffected} says it
 * @param lastAffected the last version that has it, null when there is none or {@code fixed} says it
 */
public record VersionRange(
        @Nullable String introduced,
        @Nullable String fixed,
        @Nullable String lastAffected) {

    /** Every version. */
    public static final VersionRange ALL = new VersionRange(null, null, null);

    public VersionRange {
        if (fixed != null && lastAffected != null) {
            throw new IllegalArgumentException("a range ends once: " + fixed + ", " + lastAffected);
        }
    }

    /** All versions before this one. */
    public static VersionRange before(String fixed) {
        return new VersionRange(null, fixed, null);
    }

    /** As people write it, {@code >= 1.2, < 1.4-3}; null for every version. */
    public @Nullable String words() {
        if (introduced != null && introduced.equals(lastAffected)) {
            return "= " + introduced;
        }
        String end = fixed != null ? "< " + fixed : lastAffected != null ? "<= " + lastAffected : null;
        return introduced == null ? end : ">= " + introduced + (end == null ? "" : ", " + end);
    }
}
