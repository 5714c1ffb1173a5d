package io.limpid.detect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields that stand together in a file of the form that deb822(5) describes.
 *
 * @param line the number of its first line
 * @param fields the values of the fields asked for, by their names in lower case; trimmed, the lines of a folded one
 *     still apart, empty when it was too long
 * @param fault what is wrong with it first, with the number of the line; null when nothing is
 * @param longestLine the bytes of its longest line
 * @param ending what comes after it
 * @param cutField the field asked for in whose value the file ends without a line end; null when there is none
 */
public record Paragraph(
        int line,
        Map<String, String> fields,
        @Nullable String fault,
        int longestLine,
        Ending ending,
        @Nullable String cutField) {

    /** What comes after a paragraph. */
    public enum Ending {
        /** An empty line. */
        EMPTY_LINE,
        /** The end of the file, after a whole line. */
        END_OF_FILE,
        /** The end of the file in the middle of a line, so that the last value may lack something. */
        CUT
    }

    public Paragraph {
        fields = Map.copyOf(fields);
    }

    /** The value of a field asked for, or null when the paragraph has none or an empty one. */
    public @Nullable String get(String field) {
        String value = fields.get(field);
        return value == null || value.isEmpty() ? null : value;
    }
}
