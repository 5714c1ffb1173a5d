package io.limpid.format.json;

/**
 * The JSON literal {@code true} or {@code false}.
 *
 * @param value which of them
 */
public record JsonBoolean(boolean value) implements JsonValue {
    static final JsonBoolean TRUE = new JsonBoolean(true);
    static final JsonBoolean FALSE = new JsonBoolean(false);

    @Override
    public String kind() {
        return "a boolean";
    }
}
