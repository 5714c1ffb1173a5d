package io.limpid.format.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object.
 *
 * <p>The accessors are for readers of foreign documents: a member that is absent or {@code null} is null or empty, one of another kind is a
 * {@link JsonException} that names it.
 *
 * @param members its members in the document's order; no name occurs twice
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    static final JsonObject EMPTY = new JsonObject(Map.of());

    public JsonObject {
        members = members.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The member with this name, or null when there is none or it is {@code null}. */
    public @Nullable JsonValue value(String name) {
        JsonValue value = members.get(name);
        return value instanceof JsonNull ? null : value;
    }

    public @Nullable String string(String name) throws JsonException {
        JsonString value = member(JsonString.class, "a string", name);
        return value == null ? null : value.value();
    }

    public @Nullable JsonObject object(String name) throws JsonException {
        return member(JsonObject.class, "an object", name);
    }

    public @Nullable Boolean bool(String name) throws JsonException {
        JsonBoolean value = member(JsonBoolean.class, "a boolean", name);
        return value == null ? null : value.value();
    }

    /** The member as a 64-bit number; one with a fraction, an exponent or more digits is a {@link JsonException}. */
    public @Nullable Long integer(String name) throws JsonException {
        JsonNumber value = member(JsonNumber.class, "an integer", name);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value.text());
        } catch (NumberFormatException e) {
            throw new JsonException("member \"" + JsonException.shown(name)
                    + "\": expected an integer of 64 bits, found " + JsonException.shown(value.text()));
        }
    }

    /** The member as a number with decimals; one that no such number holds is a {@link JsonException}. */
    public @Nullable Double decimal(String name) throws JsonException {
        JsonNumber value = member(JsonNumber.class, "a number", name);
        if (value == null) {
            return null;
        }
        double number = Double.parseDouble(value.text());
        if (Double.isInfinite(number)) {
            throw new JsonException("member \"" + JsonException.shown(name) + "\": expected a number of 64 bits, found "
                    + JsonException.shown(value.text()));
        }
        return number;
    }

    /** The elements of the member, an array. */
    public List<JsonValue> array(String name) throws JsonException {
        return elements(name).values();
    }

    /** The elements of the member, an array of objects. */
    public List<JsonObject> objects(String name) throws JsonException {
        return elements(name).elements(JsonObject.class, "an object", name);
    }

    /** The elements of the member, an array of strings. */
    public List<String> strings(String name) throws JsonException {
        return elements(name).texts(name);
    }

    private JsonArray elements(String name) throws JsonException {
        JsonArray array = member(JsonArray.class, "an array", name);
        return array == null ? JsonArray.EMPTY : array;
    }

    private <T extends JsonValue> @Nullable T member(Class<T> type, String expected, String name) throws JsonException {
        JsonValue value = value(name);
        if (value == null) {
            return null;
        }
        if (!type.isInstance(value)) {
            throw JsonException.wrongKind(name, expected, value);
        }
        return type.cast(value);
    }

    @Override
    public String kind() {
        return "an object";
    }
}
