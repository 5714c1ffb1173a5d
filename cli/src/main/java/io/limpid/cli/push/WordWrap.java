package io.limpid.cli.push;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Breaks a text into lines as the original program did: the squares of what is left free at the ends of all lines but the last are least. */
final class WordWrap {
    private static final long TOO_LONG = 100_000;

    private WordWrap() {}

    /**
     * The lines of a text.
     *
     * @param limit bytes of a line, in UTF-8
     */
    static List<String> lines(String text, int limit) {
        String[] words = text.strip().replace('\n', ' ').split(" ", -1);
        int count = words.length;
        long[] begins = new long[count + 1];
        for (int i = 0; i < count; i++) {
            begins[i + 1] = begins[i] + words[i].getBytes(StandardCharsets.UTF_8).length + 1;
        }
        int[] breaks = breaks(begins, count, limit);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i = breaks[i]) {
            lines.add(String.join(" ", Arrays.asList(words).subList(i, breaks[i])));
        }
        return lines;
    }

    /** Of each word with which a line begins the one with which the next does. */
    private static int[] breaks(long[] begins, int count, int limit) {
        long[] costs = new long[count];
        int[] breaks = new int[count];
        for (int i = count - 1; i >= 0; i--) {
            costs[i] = Long.MAX_VALUE;
            breaks[i] = count;
            if (i == count - 1 || begins[count] - begins[i] - 1 <= limit) {
                costs[i] = 0;
                continue;
            }
            for (int j = i + 1; j < count; j++) {
                long free = limit - (begins[j] - begins[i] - 1);
                long own = free * free + (free < 0 ? TOO_LONG : 0);
                if (free < 0 && own >= costs[i]) {
                    // Longer ones are worse.
                    break;
                }
                if (own + costs[j] < costs[i]) {
                    costs[i] = own + costs[j];
                    breaks[i] = j;
                }
            }
        }
        return breaks;
    }
}
