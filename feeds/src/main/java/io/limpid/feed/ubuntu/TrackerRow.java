package io.limpid.feed.ubuntu;

import io.limpid.model.VersionRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tracker says of a source package in a release, or in one of the lines of builds for it.
 *
 * @param status its word
 * @param note what stands in parentheses behind it: a version, a date or a reason; null when nothing does
 * @param affected the versions that have it, should any have it
 */
record TrackerRow(Status status, @Nullable String note, List<VersionRange> affected) {
    private static final List<VersionRange> ALL = List.of(VersionRange.ALL);

    /** The tracker's words. */
    enum Status {
        /** The release has no such package. */
        ABSENT,
        NEEDS_TRIAGE,
        /** Also {@code in-progress} and {@code active}: somebody is at it. */
        NEEDED,
        /** A version is made and in no archive yet. */
        PENDING,
        DEFERRED,
        RELEASED,
        NOT_AFFECTED,
        IGNORED;

        /** The status that the tracker calls so, null when it knows no such word. */
        static @Nullable Status of(String word) {
            return switch (word) {
                case "DNE" -> ABSENT;
                case "needs-triage", "untriaged" -> NEEDS_TRIAGE;
                case "needed", "active", "in-progress" -> NEEDED;
                case "pending" -> PENDING;
                case "deferred" -> DEFERRED;
                case "released" -> RELEASED;
                case "not-affected" -> NOT_AFFECTED;
                case "ignored" -> IGNORED;
                default -> null;
            };
        }
    }

    /** Reads {@code released (1.2-3)}; null when it begins with no word of the tracker's. */
    static @Nullable TrackerRow of(String text) {
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != '(') {
            end++;
        }
        Status status = Status.of(text.substring(0, end));
        if (status == null) {
            return null;
        }
        String note = note(text.substring(end));
        String version = switch (status) {
            case RELEASED -> note;
            case PENDING -> version(note);
            default -> null;
        };
        return new TrackerRow(status, note, version == null ? ALL : List.of(VersionRange.before(version)));
    }

    /** People write {@code ((1.2-3)}, {@code ( 1.2-3 )} and {@code (1.2-3} too. */
    private static @Nullable String note(String rest) {
        int from = 0;
        int to = rest.length();
        while (from < to && (rest.charAt(from) == '(' || Character.isWhitespace(rest.charAt(from)))) {
            from++;
        }
        boolean opened = rest.indexOf('(', from) >= 0;
        while (to > from && (Character.isWhitespace(rest.charAt(to - 1)) || (rest.charAt(to - 1) == ')' && !opened))) {
            to--;
        }
        if (opened && to > from && rest.charAt(to - 1) == ')' && isClosedTooOften(rest, from, to)) {
            to--;
        }
        return from == to ? null : rest.substring(from, to);
    }

    private static boolean isClosedTooOften(String text, int from, int to) {
        int open = 0;
        for (int i = from; i < to; i++) {
            open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
        }
        return open < 0;
    }

    /** The note when it can be a version, else null. */
    @Nullable
    String version() {
        return version(note);
    }

    private static @Nullable String version(@Nullable String said) {
        return said == null
                        || !Character.isDigit(said.charAt(0))
                        || said.chars().anyMatch(Character::isWhitespace)
                ? null
                : said;
    }

    boolean isOpen() {
        return switch (status) {
            case NEEDS_TRIAGE, NEEDED, PENDING, DEFERRED, IGNORED -> true;
            case ABSENT, RELEASED, NOT_AFFECTED -> false;
        };
    }
}
