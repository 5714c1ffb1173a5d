package io.limpid.report;

/**
 * How a report for people looks; formats for programs take no notice.
 *
 * @param width columns of the terminal, at least {@value #MINIMUM_WIDTH}
 * @param colour whether escape sequences for colours (ECMA-48 SGR) are wanted; what they say is always said by a word too
 * @param unicode whether other characters than ASCII can be shown; those of the image are escaped where they cannot
 * @param removed whether packages that upper layers removed are listed
 */
public record ReportOptions(int width, boolean colour, boolean unicode, boolean removed) {
    /** Narrower terminals are written to as if they had so many columns. */
    public static final int MINIMUM_WIDTH = 40;

    /** For a file or a pipe: 120 columns, no colour. */
    public static final ReportOptions PLAIN = new ReportOptions(120, false, true, false);

    public ReportOptions {
        width = Math.max(width, MINIMUM_WIDTH);
    }
}
