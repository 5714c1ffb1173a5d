package io.limpid.detect;

import io.limpid.detect.Paragraph.Ending;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paragraphs of a file of the form that deb822(5) describes, read one after the other.
 *
 * <p>Only the fields asked for become text. Field names are compared without regard to case. A line of spaces and tabs
 * ends a paragraph as an empty one does.
 */
public final class Paragraphs {
    private final Lines lines;
    private final List<String> wanted;
    private final int fieldBytes;
    private final boolean comments;

    private Map<String, String> fields = new HashMap<>();
    private @Nullable String fault;
    private boolean inField;
    // The field asked for that is being read, with the range of its value so far; null between such fields.
    private @Nullable String field;
    private int fieldLine;
    private int from;
    private int to;

    /**
     * @param bytes the file
     * @param wanted the fields that are asked for, in lower case
     * @param fieldBytes how long the value of such a field may be; a longer one is a fault
     * @param comments whether lines that start with {@code #} are left out
     */
    public Paragraphs(byte[] bytes, List<String> wanted, int fieldBytes, boolean comments) {
        this.lines = new Lines(bytes);
        this.wanted = List.copyOf(wanted);
        this.fieldBytes = fieldBytes;
        this.comments = comments;
    }

    /** The next paragraph, or null when there is none. */
    public @Nullable Paragraph next() {
        if (!skipToContent()) {
            return null;
        }
        fields = new HashMap<>();
        fault = null;
        inField = false;
        int first = lines.number();
        int longest = 0;
        boolean more;
        do {
            longest = Math.max(longest, lines.length());
            read();
            more = lines.next();
        } while (more && !lines.isBlank());
        Ending ending = ending(more);
        String cutField = ending == Ending.CUT ? field : null;
        endField();
        return new Paragraph(first, fields, fault, longest, ending, cutField);
    }

    private Ending ending(boolean atBlankLine) {
        if (!lines.isTerminated()) {
            // Also when it is blank: the space may be the first of a folded line.
            return Ending.CUT;
        }
        return atBlankLine ? Ending.EMPTY_LINE : Ending.END_OF_FILE;
    }

    private boolean skipToContent() {
        while (lines.next()) {
            if (!lines.isBlank() && !isComment()) {
                return true;
            }
        }
        return false;
    }

    private boolean isComment() {
        return comments && lines.at(0) == '#';
    }

    private void read() {
        if (isComment()) {
            return;
        }
        if (Lines.isSpace(lines.at(0))) {
            if (inField) {
                to = lines.end();
            } else {
                fail(lines.number(), "is no field");
            }
            return;
        }
        endField();
        int name = nameLength();
        int colon = name;
        while (Lines.isSpace(lines.at(colon))) {
            colon++;
        }
        inField = name > 0 && lines.at(colon) == ':';
        if (!inField) {
            fail(lines.number(), "is no field");
            return;
        }
        field = wantedName(name);
        fieldLine = lines.number();
        from = lines.start() + colon + 1;
        to = lines.end();
    }

    private int nameLength() {
        int length = 0;
        for (int b = lines.at(0); b > ' ' && b < 0x7f && b != ':'; b = lines.at(length)) {
            length++;
        }
        return length;
    }

    private @Nullable String wantedName(int length) {
        for (String name : wanted) {
            if (name.length() == length && isName(name)) {
                return name;
            }
        }
        return null;
    }

    private boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            int b = lines.at(i);
            int lower = b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
            if (lower != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void endField() {
        String name = field;
        field = null;
        if (name == null) {
            return;
        }
        if (to - from > fieldBytes) {
            fail(fieldLine, "has a field " + name + " of more than " + fieldBytes + " bytes (limit line-bytes)");
            fields.putIfAbsent(name, "");
            return;
        }
        String value = lines.text(from, to).strip();
        String before = fields.putIfAbsent(name, value);
        // Twice the same does no harm; dpkg refuses the whole file for either.
        if (before != null && !before.equals(value)) {
            fail(fieldLine, "has the field " + name + " again with another value");
        }
    }

    private void fail(int line, String what) {
        if (fault == null) {
            fault = "line " + line + " " + what;
        }
    }
}
