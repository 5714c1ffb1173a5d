package io.limpid.correction;

import io.limpid.format.Printable;
import io.limpid.model.VersionRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Version ranges as people write them: {@code >= 1.2, < 1.4-3}, {@code <= 1.3}, {@code = 1.2-1}. */
final class VersionWords {
    private static final Pattern BOUND = Pattern.compile("(>=|<=|<|=)\\s*([^\\s,<>=]+)");

    private VersionWords() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none
     */
    static VersionRange parse(String text) {
        String from = null;
        String fixed = null;
        String last = null;
        for (String bound : text.split(",", -1)) {
            Matcher matcher = BOUND.matcher(bound.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("no bound of a version: " + Printable.excerpt(bound.strip(), 60));
            }
            String version = matcher.group(2);
            switch (matcher.group(1)) {
                case ">=" -> from = once(from, version, text);
                case "<" -> fixed = once(fixed, version, text);
                case "<=" -> last = once(last, version, text);
                default -> {
                    from = once(from, version, text);
                    last = once(last, version, text);
                }
            }
        }
        if (fixed != null && last != null) {
            throw new IllegalArgumentException("it ends twice: " + Printable.excerpt(text, 60));
        }
        return new VersionRange(from, fixed, last);
    }

    private static String once(@Nullable String before, String version, String text) {
        if (before != null) {
            throw new IllegalArgumentException("a bound is there twice: " + Printable.excerpt(text, 60));
        }
        return version;
    }
}
