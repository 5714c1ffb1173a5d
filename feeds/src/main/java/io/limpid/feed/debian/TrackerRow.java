package io.limpid.feed.debian;

import io.limpid.model.FixState;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tracker says of a vulnerability in one release, in its own words. */
final class TrackerRow {
    private static final String NEVER = "0";
    private static final int VERSION_CHARACTERS = 200;

    @Nullable
    String status;

    @Nullable
    String fixedVersion;

    @Nullable
    String urgency;

    @Nullable
    String nodsa;

    @Nullable
    String nodsaReason;

    /** Why this makes no sense; null when it does. */
    @Nullable
    String wrong() {
        if (fixedVersion != null && (fixedVersion.isBlank() || fixedVersion.length() > VERSION_CHARACTERS)) {
            return fixedVersion.isEmpty() && !"resolved".equals(status)
                    ? null
                    : "not a version: \"" + fixedVersion + "\"";
        }
        return switch (status) {
            case null -> "no status";
            case "resolved" -> fixedVersion == null ? "resolved, but in no version" : null;
            case "open", "undetermined" -> null;
            default -> "a status that is not known: " + status;
        };
    }

    FixState state() {
        return switch (String.valueOf(status)) {
            // Fixed in the lowest version of all: no version ever had it.
            case "resolved" -> NEVER.equals(fixedVersion) ? FixState.NOT_AFFECTED : FixState.FIXED;
            case "undetermined" -> FixState.UNDETERMINED;
            default -> openState();
        };
    }

    /** Whether it is open because somebody decided to do without a bulletin, which a bulletin then belies. */
    boolean isPutOff() {
        FixState state = state();
        return state == FixState.DEFERRED || state == FixState.WILL_NOT_FIX;
    }

    private FixState openState() {
        if ("end-of-life".equals(urgency)) {
            return FixState.END_OF_LIFE;
        }
        if ("ignored".equals(nodsaReason)) {
            return FixState.WILL_NOT_FIX;
        }
        return nodsa != null || "postponed".equals(nodsaReason) ? FixState.DEFERRED : FixState.AFFECTED;
    }

    List<VersionRange> affected(FixState state) {
        return switch (state) {
            case NOT_AFFECTED -> List.of();
            case FIXED -> List.of(VersionRange.before(String.valueOf(fixedVersion)));
            // Open with a version: fixed in a version that this release does not have yet.
            default ->
                fixedVersion == null || fixedVersion.isEmpty() || fixedVersion.equals(NEVER)
                        ? List.of(VersionRange.ALL)
                        : List.of(VersionRange.before(fixedVersion));
        };
    }

    @Nullable
    String note(FixState state) {
        return state == FixState.FIXED || state == FixState.NOT_AFFECTED || nodsa == null || nodsa.isBlank()
                ? null
                : nodsa;
    }

    SeverityRating severity() {
        return new SeverityRating(DebianFeed.ID, severityOf(urgency), urgency, null);
    }

    private static Severity severityOf(@Nullable String urgency) {
        // Stars mark what was once set by a program: "low**".
        String word = urgency == null ? "" : urgency.replace("*", "").strip();
        return switch (word) {
            case "unimportant" -> Severity.NEGLIGIBLE;
            case "low" -> Severity.LOW;
            case "medium" -> Severity.MEDIUM;
            case "high" -> Severity.HIGH;
            default -> Severity.UNKNOWN;
        };
    }
}
