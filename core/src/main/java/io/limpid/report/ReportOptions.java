package io.limpid.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a report for people looks; formats for programs take no notice.
 *
 * @param width columns of the terminal, at least {@value #MINIMUM_WIDTH}
 * @param colour whether escape sequences for colours (ECMA-48 SGR) are wanted; what they say is always said by a word too
 * @param unicode whether other characters than ASCII can be shown; those of the image are escaped where they cannot
 * @param packages whether layers and packages are listed, not only counted
 * @param removed whether packages that upper layers removed are listed
 * @param now the moment that the age of advisories is told for; null where the report is read at another time and their dates are told instead
 * @param hidden whether findings are shown that are otherwise only counted: those of a kernel that does not run, and those that overrides deny
 * @param typed what the user called the target, for commands to go on with; null when that is not known
 */
public record ReportOptions(
        int width,
        boolean colour,
        boolean unicode,
        boolean packages,
        boolean removed,
        boolean hidden,
        @Nullable Instant now,
        @Nullable String typed) {
    /** Narrower terminals are written to as if they had so many columns. */
    public static final int MINIMUM_WIDTH = 40;

    /** Everything but what is only counted. */
    public ReportOptions(
            int width,
            boolean colour,
            boolean unicode,
            boolean packages,
            boolean removed,
            @Nullable Instant now,
            @Nullable String typed) {
        this(width, colour, unicode, packages, removed, false, now, typed);
    }

    /** For a file or a pipe: 120 columns, no colour. */
    public static final ReportOptions PLAIN = new ReportOptions(120, false, true, false, false, false, null, null);

    public ReportOptions {
        width = Math.max(width, MINIMUM_WIDTH);
    }

    /** The same contents for a file, which is read on some other terminal and at another time, or by no person. */
    public ReportOptions forFile() {
        return new ReportOptions(PLAIN.width, false, true, packages, removed, hidden, null, typed);
    }

    /** The same look with these lists. */
    public ReportOptions listing(boolean alsoPackages, boolean alsoRemoved) {
        return new ReportOptions(width, colour, unicode, alsoPackages, alsoRemoved, hidden, now, typed);
    }

    /** The same look, for a target that the user called so. */
    public ReportOptions of(String target) {
        return new ReportOptions(width, colour, unicode, packages, removed, hidden, now, target);
    }

    /** The same look with or without what is otherwise only counted. */
    public ReportOptions showing(boolean alsoHidden) {
        return new ReportOptions(width, colour, unicode, packages, removed, alsoHidden, now, typed);
    }
}
