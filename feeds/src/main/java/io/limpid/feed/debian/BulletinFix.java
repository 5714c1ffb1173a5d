package io.limpid.feed.debian;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.FixState;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a bulletin says of one source package of one release.
 *
 * @param bulletin its name: {@code DSA-5379-1}
 * @param day when it was published (ISO 8601), null when that is not told
 * @param state what it says
 * @param version the version with the fix, there exactly when the state is {@link FixState#FIXED}
 * @param remark what stands in parentheses, null when nothing does
 */
record BulletinFix(
        String bulletin,
        @Nullable String day,
        FixState state,
        @Nullable String version,
        @Nullable String remark) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final String PAGES = "https://security-tracker.debian.org/tracker/";

    /**
     * What a line says; null when it is a word that is not known.
     *
     * @param what a version, or a word in angle brackets
     */
    static @Nullable BulletinFix of(String bulletin, @Nullable String day, String what, @Nullable String remark) {
        FixState state = what.startsWith("<")
                ? switch (what) {
                    case "<not-affected>" -> FixState.NOT_AFFECTED;
                    case "<unfixed>" -> FixState.AFFECTED;
                    case "<no-dsa>", "<postponed>" -> FixState.DEFERRED;
                    case "<ignored>" -> FixState.WILL_NOT_FIX;
                    case "<end-of-life>" -> FixState.END_OF_LIFE;
                    case "<undetermined>" -> FixState.UNDETERMINED;
                    default -> null;
                }
                : FixState.FIXED;
        return state == null
                ? null
                : new BulletinFix(bulletin, day, state, state == FixState.FIXED ? what : null, remark);
    }

    /** {@code 2023-03-27} for {@code 27 Mar 2023}; null for what is no day. */
    static @Nullable String day(String text) {
        try {
            return LocalDate.parse(text.strip(), DAY).toString();
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** Whether it was published on a later day. */
    boolean isAfter(BulletinFix other) {
        return day != null && (other.day == null || day.compareTo(other.day) > 0);
    }

    String page() {
        return PAGES + bulletin;
    }

    /**
     * This as an advisory, where the tracker says nothing.
     *
     * @param id a vulnerability that it is about, or the bulletin itself
     */
    Advisory advisory(String namespace, String source, String id) {
        Severity severity = remark == null
                ? Severity.UNKNOWN
                : Severity.ofWord(remark.strip().toLowerCase(Locale.ROOT)).orElse(Severity.UNKNOWN);
        boolean own = id.equals(bulletin);
        return new Advisory(
                id,
                own ? List.of() : List.of(bulletin),
                DebianFeed.ID,
                AdvisorySubject.ofSource(namespace, source),
                state,
                state == FixState.NOT_AFFECTED
                        ? List.of()
                        : List.of(version == null ? VersionRange.ALL : VersionRange.before(version)),
                version,
                severity == Severity.UNKNOWN
                        ? List.of()
                        : List.of(new SeverityRating(DebianFeed.ID, severity, remark, null)),
                null,
                severity == Severity.UNKNOWN ? remark : null,
                PAGES + id,
                own ? List.of() : List.of(page()),
                day,
                null);
    }
}
