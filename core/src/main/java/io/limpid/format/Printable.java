package io.limpid.format;

import java.util.Arrays;
import java.util.Locale;

/**
 * Foreign text as a terminal, a log or a build server may see it: one line, nothing that is obeyed, nothing that hides.
 *
 * <p>Escaped, as {@code \n}, {@code \r}, {@code \t} or <code>&#92;u{1b}</code>, are control characters (C0, DEL, C1), the marks that turn
 * the reading direction (Unicode UAX 9) or are invisible, line separators, characters that no font can have (private use, unassigned,
 * lone surrogates), and the beginnings of what build servers take for commands: a leading {@code ::}, and <code>##[</code> and
 * <code>##vso[</code> anywhere.
 */
public final class Printable {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_ASCII = 0x7e;
    private static final boolean[] PLAIN_LINE = plain("#:");
    private static final boolean[] PLAIN_JSON = plain("\"\\#");

    private Printable() {}

    /** The text with what is unsafe escaped; the same string when nothing is. */
    public static String of(String text) {
        return isPlain(text, PLAIN_LINE) ? text : escaped(text, false);
    }

    /** The text with what is unsafe and all that is not ASCII escaped. */
    public static String ascii(String text) {
        return isPlain(text, PLAIN_LINE) ? text : escaped(text, true);
    }

    /** The text cut to so many code points, with what is unsafe escaped; for naming a piece of a foreign document in a message. */
    public static String excerpt(String text, int codePoints) {
        return of(cut(text, codePoints));
    }

    /** The text cut to so many code points, and still to be escaped by whoever shows it. */
    public static String cut(String text, int codePoints) {
        return text.length() <= codePoints || text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints)) + "...";
    }

    /**
     * The text as it stands between the quotes of a JSON string, which means the same text: what JSON demands to be escaped is, and what is
     * unsafe. Half a surrogate pair has no UTF-8 and becomes U+FFFD.
     */
    public static String json(String text) {
        if (isPlain(text, PLAIN_JSON)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append((char) c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> appendJson(out, c, isSafe(c) && !startsCommand(text, i));
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static void appendJson(StringBuilder out, int c, boolean safe) {
        if (Character.getType(c) == Character.SURROGATE) {
            out.append('\ufffd');
        } else if (safe) {
            out.appendCodePoint(c);
        } else {
            for (char half : Character.toChars(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04X", (int) half));
            }
        }
    }

    /** Whether a text has only characters that nothing is asked about: a table, for nearly every text of a report is such a one. */
    private static boolean isPlain(String text, boolean[] plain) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > LAST_ASCII || !plain[c]) {
                return false;
            }
        }
        return true;
    }

    /** Printable ASCII without any of these. */
    private static boolean[] plain(String without) {
        boolean[] plain = new boolean[LAST_ASCII + 1];
        Arrays.fill(plain, FIRST_PRINTABLE, plain.length, true);
        for (int i = 0; i < without.length(); i++) {
            plain[without.charAt(i)] = false;
        }
        return plain;
    }

    private static String escaped(String text, boolean asciiOnly) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        boolean blank = true;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean command = (blank && text.startsWith("::", i)) || startsCommand(text, i);
            if (command || !isSafe(c) || (asciiOnly && c > LAST_ASCII)) {
                appendEscape(out, c);
            } else {
                out.appendCodePoint(c);
            }
            blank &= isBlank(c);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static boolean startsCommand(String text, int at) {
        return text.startsWith("##[", at) || text.startsWith("##vso[", at);
    }

    /** Build servers strip white space before they look for a command. */
    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static void appendEscape(StringBuilder out, int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                out.append("\\u{")
                        .append(Integer.toHexString(c).toLowerCase(Locale.ROOT))
                        .append('}');
        }
    }
}
