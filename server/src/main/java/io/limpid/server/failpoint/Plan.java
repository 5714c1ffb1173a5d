package io.limpid.server.failpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is done when a point is hit. */
sealed interface Plan {
    /** The code of a process that {@code kill -9} ended. */
    int KILLED = 137;

    /** Comes to a point. */
    void reached(Failpoint point);

    /**
     * The plan of a text.
     *
     * @return null for no text
     * @throws IllegalArgumentException for a text that is no plan
     */
    static @Nullable Plan of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.startsWith(Count.PREFIX) && text.length() > Count.PREFIX.length()) {
            try {
                return new Count(Path.of(text.substring(Count.PREFIX.length())));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(unknown(text), e);
            }
        }
        Matcher kill = Kill.FORM.matcher(text);
        if (!kill.matches()) {
            throw new IllegalArgumentException(unknown(text));
        }
        String name = kill.group(1);
        return new Kill(name == null ? null : named(name, text), Long.parseLong(kill.group(2)), new AtomicLong());
    }

    private static Failpoint named(String name, String text) {
        return Arrays.stream(Failpoint.values())
                .filter(point -> point.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(text)));
    }

    private static String unknown(String text) {
        return Failpoint.PROPERTY + " is none of count:FILE, kill:N and kill:NAME:N: " + text;
    }

    /** Writes down what is hit. */
    record Count(Path file) implements Plan {
        private static final String PREFIX = "count:";

        @Override
        public void reached(Failpoint point) {
            try {
                // One write each, so that lines of several threads stay whole, and what was hit outlasts the process.
                Files.writeString(file, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Ends the process.
     *
     * @param only null for the hits of all points together
     * @param hit which one, the first being 1
     */
    record Kill(@Nullable Failpoint only, long hit, AtomicLong seen) implements Plan {
        private static final Pattern FORM = Pattern.compile("kill:(?:(\\w+):)?([1-9]\\d{0,8})");

        @Override
        public void reached(Failpoint point) {
            if ((only == null || only == point) && seen.incrementAndGet() == hit) {
                Runtime.getRuntime().halt(KILLED);
            }
        }
    }
}
