package io.limpid.server.update;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When all updaters ran last.
 *
 * @param ended by the database's clock
 * @param failures how many runs have failed since the last one that did not
 */
record LastRun(Instant ended, int failures) {
    private static final String FORM = "\\d{1,12} \\d{1,6}";

    /** As {@link #text} wrote it; null for anything else. */
    static @Nullable LastRun of(String text) {
        if (!text.matches(FORM)) {
            return null;
        }
        int space = text.indexOf(' ');
        return new LastRun(
                Instant.ofEpochSecond(Long.parseLong(text.substring(0, space))),
                Integer.parseInt(text.substring(space + 1)));
    }

    /** Unix seconds, a blank, and the failures. */
    String text() {
        return ended.getEpochSecond() + " " + failures;
    }
}
