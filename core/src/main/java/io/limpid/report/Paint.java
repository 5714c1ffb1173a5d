package io.limpid.report;

import io.limpid.model.Verdict;

/** Colours for words that also stand without them (ECMA-48, SGR). */
enum Paint {
    NONE,
    ANSI;

    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[31m";
    private static final String BOLD_RED = "\u001b[1;31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String BLUE = "\u001b[34m";

    String heading(String text) {
        return painted(BOLD, text);
    }

    String verdict(Verdict.Result result, String text) {
        return painted(
                switch (result) {
                    case CLEAN -> GREEN;
                    case VULNERABLE -> RED;
                    case UNKNOWN -> YELLOW;
                },
                text);
    }

    /** The cell in the colour of the severity that it names; any other cell as it is. */
    String severity(String cell) {
        return switch (cell) {
            case "CRITICAL" -> painted(BOLD_RED, cell);
            case "HIGH" -> painted(RED, cell);
            case "MEDIUM" -> painted(YELLOW, cell);
            case "LOW" -> painted(BLUE, cell);
            default -> cell;
        };
    }

    private String painted(String colour, String text) {
        return this == NONE ? text : colour + text + RESET;
    }
}
