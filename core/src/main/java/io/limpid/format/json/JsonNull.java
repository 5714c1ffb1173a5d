package io.limpid.format.json;

/** The JSON literal {@code null}. */
public record JsonNull() implements JsonValue {
    static final JsonNull NULL = new JsonNull();

    @Override
    public String kind() {
        return "null";
    }
}
