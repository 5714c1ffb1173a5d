package io.limpid.cli;

import io.limpid.format.Nearest;
import io.limpid.report.ReportOptions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Decides how reports for people look on this terminal. */
final class Appearance {
    private static final String COLOR = "--color";
    private static final String AUTO = "auto";
    private static final List<String> COLORS = List.of(AUTO, "always", "never");
    private static final int WITHOUT_TERMINAL = 120;
    private static final int OF_A_TERMINAL = 80;

    private Appearance() {}

    /** The option for colours. */
    static OptionSpec color() {
        return OptionSpec.builder(COLOR)
                .type(String.class)
                .paramLabel("WHEN")
                .description("Colours: " + String.join(", ", COLORS) + ".")
                .build();
    }

    /** The look of a report on stdout, for a command that has {@link #color}. */
    static ReportOptions of(ParseResult arguments, Console console) {
        String color = arguments.matchedOptionValue(COLOR, AUTO);
        if (!COLORS.contains(color)) {
            throw UsageError.at(arguments, Nearest.unknown("value of --color", color, COLORS));
        }
        return of(console, color);
    }

    /**
     * The look of a report on stdout.
     *
     * @param color {@code auto}, {@code always} or {@code never}
     */
    static ReportOptions of(Console console, String color) {
        return new ReportOptions(
                widthOfStdout(console),
                colour(console, color),
                unicode(console.environment()),
                false,
                false,
                Instant.now(),
                null);
    }

    /** The columns of what stdout goes to. */
    static int widthOfStdout(Console console) {
        return width(console, console.terminal(), console.terminal() ? OF_A_TERMINAL : WITHOUT_TERMINAL);
    }

    /** The columns of the terminal that a line of progress is for. */
    static int widthOfStderr(Console console) {
        return width(console, console.stderrTerminal(), OF_A_TERMINAL);
    }

    /** What the user says goes before what the launcher has measured. */
    private static int width(Console console, boolean measured, int otherwise) {
        int said = columns(console.environment().getOrDefault("COLUMNS", ""));
        int real = measured ? columns(console.environment().getOrDefault(Console.COLUMNS_MEASURED, "")) : 0;
        return said > 0 ? said : real > 0 ? real : otherwise;
    }

    private static int columns(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException _) {
            return 0;
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
