package io.limpid.cli;

import io.limpid.report.ReportOptions;
import java.util.Locale;
import java.util.Map;

/** Decides how reports for people look on this terminal. */
final class Appearance {
    private static final int DEFAULT_WIDTH = 120;

    private Appearance() {}

    /**
     * The options of a report on stdout.
     *
     * @param color {@code auto}, {@code always} or {@code never}
     * @param removed whether packages that upper layers removed are listed
     */
    static ReportOptions of(Console console, String color, boolean removed) {
        Map<String, String> environment = console.environment();
        return new ReportOptions(width(environment), colour(console, color), unicode(environment), removed);
    }

    private static int width(Map<String, String> environment) {
        try {
            int columns =
                    Integer.parseInt(environment.getOrDefault("COLUMNS", "").strip());
            return columns > 0 ? columns : DEFAULT_WIDTH;
        } catch (NumberFormatException _) {
            return DEFAULT_WIDTH;
        }
    }

    private static boolean colour(Console console, String color) {
        Map<String, String> environment = console.environment();
        return switch (color) {
            case "always" -> true;
            case "never" -> false;
            // no-color.org: set and not empty means none; bixense.com/clicolors: force means even into a pipe.
            default ->
                environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && (!environment.getOrDefault("CLICOLOR_FORCE", "0").matches("0?")
                                || (console.terminal() && !"dumb".equals(environment.get("TERM"))));
        };
    }

    private static boolean unicode(Map<String, String> environment) {
        for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String locale = environment.getOrDefault(variable, "");
            if (!locale.isEmpty()) {
                String upper = locale.toUpperCase(Locale.ROOT);
                return upper.contains("UTF-8") || upper.contains("UTF8");
            }
        }
        return false;
    }
}
