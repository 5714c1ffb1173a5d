package io.limpid.server.clair.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words in front of a release's number, found in a text.
 *
 * @param at where they start
 * @param number the digits right behind them
 */
record Release(int at, String number) {

    /** The first place where any of the words stand in front of a digit; null when there is none. */
    static @Nullable Release first(String text, List<String> anyWords) {
        Release first = null;
        for (String words : anyWords) {
            Release found = first(text, words);
            if (found != null && (first == null || found.at < first.at)) {
                first = found;
            }
        }
        return first;
    }

    private static @Nullable Release first(String text, String words) {
        for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
            int start = at + words.length();
            int end = start;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            if (end > start) {
                return new Release(at, text.substring(start, end));
            }
        }
        return null;
    }
}
