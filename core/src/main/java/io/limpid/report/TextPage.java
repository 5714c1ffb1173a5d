package io.limpid.report;

import io.limpid.format.Printable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of text being written for a terminal: lines, labels, and prose that is broken at blanks and nowhere else. */
final class TextPage {
    static final String INDENT = "  ";
    /** A blank at which prose is not broken. */
    static final char NO_BREAK = '\u00a0';

    private static final String COMMAND = "::";

    private final ReportOptions options;
    private final Paint paint;
    private final StringBuilder text = new StringBuilder();

    TextPage(ReportOptions options) {
        this.options = options;
        this.paint = options.colour() ? Paint.ANSI : Paint.NONE;
    }

    Paint paint() {
        return paint;
    }

    int width() {
        return options.width();
    }

    void line(String line) {
        text.append(line.replace(NO_BREAK, ' ')).append('\n');
    }

    void heading(String words) {
        line("");
        title(words);
    }

    void title(String words) {
        wrapped("", INDENT.length(), words).forEach(line -> line(paint.heading(line)));
    }

    void table(TextTable table) {
        table.lines(INDENT, width(), paint).forEach(this::line);
    }

    /** A short value behind its name; nothing where there is none. */
    void label(String name, int room, @Nullable String value) {
        if (value != null) {
            line(name + " ".repeat(room - name.length()) + value);
        }
    }

    /** Words behind what the first line begins with; lines that follow are indented by so many blanks. */
    void prose(String first, int hanging, String words) {
        wrapped(first, hanging, words).forEach(this::line);
    }

    /** The lines of some prose; a word that is wider than the page stands alone and is not broken. */
    List<String> wrapped(String first, int hanging, String words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        int used = columns(first);
        boolean begun = false;
        for (String word : words.split(" ", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            int wide = columns(word);
            if (begun && used + 1 + wide > width()) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(hanging));
                used = hanging;
                begun = false;
            }
            // What was harmless inside a line may be a build server's command at the beginning of one.
            String shown = !begun && isCommand(word) ? safe(word) : word;
            line.append(begun ? " " : "").append(shown);
            used += columns(shown) + (begun ? 1 : 0);
            begun = true;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** Whether a word is a command where a line begins with it; it may begin with other blanks than the one that words stand between. */
    private static boolean isCommand(String word) {
        int start = 0;
        while (start < word.length() && isBlank(word.charAt(start))) {
            start++;
        }
        return word.startsWith(COMMAND, start);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Text of others, so that the terminal shows it and does nothing else. */
    String safe(@Nullable String foreign) {
        if (foreign == null) {
            return "";
        }
        return options.unicode() ? Printable.of(foreign) : Printable.ascii(foreign);
    }

    /** The text, or its beginning and an ellipsis where it has more columns; never less than the ellipsis. */
    String cut(String whole, int room) {
        if (columns(whole) <= room) {
            return whole;
        }
        String more = options.unicode() ? "\u2026" : "...";
        return whole.substring(0, whole.offsetByCodePoints(0, Math.max(0, room - more.length()))) + more;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    static int columns(String text) {
        return text.codePointCount(0, text.length());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
