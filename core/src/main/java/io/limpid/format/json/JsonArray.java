package io.limpid.format.json;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON array.
 *
 * @param values its elements in order
 */
public record JsonArray(List<JsonValue> values) implements JsonValue {
    static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        values = List.copyOf(values);
    }

    List<String> texts(String name) throws JsonException {
        return elements(JsonString.class, "a string", name).stream()
                .map(JsonString::value)
                .toList();
    }

    <T extends JsonValue> List<T> elements(Class<T> type, String expected, String name) throws JsonException {
        List<T> all = new ArrayList<>(values.size());
        for (JsonValue value : values) {
            if (!type.isInstance(value)) {
                throw JsonException.wrongKind(name + "[" + all.size() + "]", expected, value);
            }
            all.add(type.cast(value));
        }
        return all;
    }

    @Override
    public String kind() {
        return "an array";
    }
}
