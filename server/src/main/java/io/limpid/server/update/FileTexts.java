package io.limpid.server.update;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** Members of an object that are texts which the database can keep. */
final class FileTexts {
    /** What a column of names, versions and links takes. */
    private static final int LONGEST = 128;

    private FileTexts() {}

    /** A text; empty when it is not there. */
    static String text(JsonObject object, String member) throws JsonException {
        String text = object.string(member);
        if (text == null) {
            return "";
        }
        if (text.indexOf('\0') >= 0) {
            throw new JsonException(member + " has the character U+0000");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new JsonException(member + " has half a character");
        }
        return text;
    }

    /** A text of at most 128 characters; empty when it is not there. */
    static String shortText(JsonObject object, String member) throws JsonException {
        String text = text(object, member);
        if (text.codePointCount(0, text.length()) > LONGEST) {
            throw new JsonException(member + " has more than " + LONGEST + " characters");
        }
        return text;
    }

    /** As {@link #shortText}, and not empty. */
    static String name(JsonObject object, String member) throws JsonException {
        String text = shortText(object, member);
        if (text.isEmpty()) {
            throw new JsonException(member + " is not there, or empty");
        }
        return text;
    }
}
