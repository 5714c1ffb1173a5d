package io.limpid.report;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words of a command that people copy into a shell: what was foreign in them stays one word and starts nothing. */
final class Shell {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

    private Shell() {}

    /** The word, in quotes where it needs them (POSIX XCU 2.2.2); {@code TARGET} where there is none. */
    static String word(@Nullable String text) {
        if (text == null) {
            return "TARGET";
        }
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
