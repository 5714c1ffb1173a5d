package io.limpid.cli;

import io.limpid.format.Nearest;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Whether a command about advisories answers people or programs: {@code -o table} or {@code -o json}. */
enum DbFormat {
    TABLE,
    JSON;

    /** Of all answers for programs; its first number grows when a reader of the old form would go wrong, the second when members are added. */
    static final String SCHEMA_VERSION = "1.0";

    private static final int MOST_SHOWN = 200;
    private static final String MOST = "--most";
    private static final String OUTPUT = "--output";
    private static final List<String> WORDS = List.of("table", "json");

    /** The option of a command that has both. */
    static OptionSpec option() {
        return OptionSpec.builder("-o", OUTPUT)
                .type(String.class)
                .paramLabel("FORMAT")
                .description("Answer as " + String.join(" or ", WORDS) + ".")
                .build();
    }

    /** The option of a command whose answer may be long. */
    static OptionSpec most() {
        return OptionSpec.builder(MOST)
                .type(String.class)
                .paramLabel("NUMBER")
                .description("Show at most so many (" + MOST_SHOWN + ").")
                .build();
    }

    /** How much a command line with {@link #most} asks for. */
    static int most(ParseResult arguments) {
        String text = arguments.matchedOptionValue(MOST, String.valueOf(MOST_SHOWN));
        if (!text.matches("[0-9]{1,7}")) {
            throw UsageError.at(arguments, MOST + " " + text + " is no number below ten million");
        }
        return Integer.parseInt(text);
    }

    /** What a command line with {@link #option} asks for. */
    static DbFormat of(ParseResult arguments) {
        String word = arguments.matchedOptionValue(OUTPUT, WORDS.getFirst());
        int index = WORDS.indexOf(word);
        if (index < 0) {
            throw UsageError.at(arguments, Nearest.unknown("format", word, WORDS));
        }
        return values()[index];
    }
}
