package io.limpid.format.json;

/**
 * A JSON string.
 *
 * @param value its text with the escapes resolved; an escaped half of a surrogate pair is kept as it is
 */
public record JsonString(String value) implements JsonValue {

    @Override
    public String kind() {
        return "a string";
    }
}
