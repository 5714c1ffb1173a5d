package io.limpid.format.json;

import io.limpid.format.Printable;
import java.io.IOException;

/** A document that is not JSON, says something twice, has another shape than its format or is larger than allowed; the message says where. */
public final class JsonException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_OF_A_NAME = 80;

    public JsonException(String message) {
        super(message);
    }

    /** A failure at a place of the text; lines and columns count from 1. */
    static JsonException at(int line, int column, String what) {
        return new JsonException("line " + line + ", column " + column + ": " + what);
    }

    static JsonException wrongKind(String member, String expected, JsonValue found) {
        return new JsonException("member \"" + shown(member) + "\": expected " + expected + ", found " + found.kind());
    }

    static String shown(String name) {
        return Printable.excerpt(name, SHOWN_OF_A_NAME);
    }
}
