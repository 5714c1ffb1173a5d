package io.limpid.cli;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The names of options or commands that a mistyped one was probably meant to be. */
final class Suggestions {
    private static final int MOST = 2;

    private Suggestions() {}

    /** The nearest names first; empty when none is near. */
    static List<String> of(String typed, CommandSpec spec) {
        Stream<String> names =
                typed.startsWith("-") ? spec.optionsMap().keySet().stream() : spec.subcommands().keySet().stream();
        String word = typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
        int furthest = Math.max(1, word.length() / 3);
        record Near(String name, int distance) {}
        return names.filter(name -> name.length() > 2)
                .map(name -> new Near(name, name.startsWith(word) && word.length() > 2 ? 1 : distance(word, name)))
                .filter(near -> near.distance <= furthest)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(MOST)
                .map(Near::name)
                .toList();
    }

    /** How many characters must be put in, left out, replaced or swapped with their neighbour to make one word the other. */
    static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, from, to, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int cheapest(int[][] steps, String from, String to, int i, int j) {
        int replaced = steps[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
