package io.limpid.format;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The words that a mistyped one was probably meant to be. */
public final class Nearest {
    private static final int MOST = 2;
    private static final int LONGEST = 64;
    private static final int SHORTEST_BEGINNING = 3;

    private record Near(String name, int distance) {}

    private Nearest() {}

    /** The nearest of the names, at most two, the nearest first; empty when none is near: more than a third would have to be changed. */
    public static List<String> to(String typed, Collection<String> names) {
        return to(typed, names, Math.max(1, typed.length() / 3), MOST);
    }

    /**
     * The nearest of the names, the nearest first.
     *
     * @param furthest how many characters may be put in, left out, replaced or swapped
     * @param most how many names are wanted
     */
    public static List<String> to(String typed, Collection<String> names, int furthest, int most) {
        if (typed.length() > LONGEST) {
            return List.of();
        }
        return names.stream()
                .distinct()
                .filter(name -> Math.abs(name.length() - typed.length()) <= furthest || isBeginning(typed, name))
                .filter(name -> name.length() <= LONGEST)
                .map(name -> new Near(name, isBeginning(typed, name) ? 1 : distance(typed, name)))
                .filter(near -> near.distance <= furthest)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(most)
                .map(Near::name)
                .toList();
    }

    /** {@code unknown severity: hgih (did you mean high?)}, or with all the names where none is near; the typed word made safe to print. */
    public static String unknown(String what, String typed, Collection<String> names) {
        List<String> near = to(typed, names);
        return "unknown " + what + ": " + Printable.excerpt(typed, LONGEST)
                + (near.isEmpty()
                        ? names.stream().collect(Collectors.joining(", ", " (there is ", ")"))
                        : near.stream().collect(Collectors.joining(" or ", " (did you mean ", "?)")));
    }

    private static boolean isBeginning(String typed, String name) {
        return typed.length() >= SHORTEST_BEGINNING && name.startsWith(typed);
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
