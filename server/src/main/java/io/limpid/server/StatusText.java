package io.limpid.server;

import java.util.ArrayList;
import java.util.List;

/** Rows of a label and a text, aligned, and what of all of it is not well. */
final class StatusText {
    private static final int LABEL = 16;

    private final List<String> lines = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** A row; without a label it goes on with the one before. */
    void row(String label, String text) {
        lines.add((label + " ".repeat(Math.max(1, LABEL - label.length())) + text).stripTrailing());
    }

    /** A row below the one before. */
    void below(String text) {
        row("", text);
    }

    /** That something is not well, as the last line tells it. */
    void problem(String what) {
        problems.add(what);
    }

    List<String> rows() {
        return List.copyOf(lines);
    }

    boolean isWell() {
        return problems.isEmpty();
    }

    /** Whether all is well, or what is not. */
    String end() {
        return problems.isEmpty() ? "all is well" : "not well: " + String.join("; ", problems);
    }
}
