package io.limpid.server.api.v1;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A value of a {@link GoStruct}, as it is read from a request or written into an answer. */
final class GoObject {
    private final GoStruct type;
    private final @Nullable Object[] values;

    GoObject(GoStruct type) {
        this.type = type;
        this.values = new @Nullable Object[type.fields().size()];
    }

    GoStruct type() {
        return type;
    }

    /** Sets a field: a {@code String}, {@code Long}, sorted map, object or list of objects as its type says, or null. */
    GoObject with(String field, @Nullable Object value) {
        values[type.index(field)] = value;
        return this;
    }

    @Nullable
    Object at(int index) {
        return values[index];
    }

    void set(int index, @Nullable Object value) {
        values[index] = value;
    }

    /** A text, empty when it is not set. */
    String text(String field) {
        return values[type.index(field)] instanceof String text ? text : "";
    }

    /** A number, 0 when it is not set. */
    long number(String field) {
        return values[type.index(field)] instanceof Long number ? number : 0;
    }

    /** An object, null when it is not set. */
    @Nullable
    GoObject object(String field) {
        return values[type.index(field)] instanceof GoObject object ? object : null;
    }

    /** A map of texts, empty when it is not set. */
    @SuppressWarnings("unchecked") // The decoder puts in what the field's type says.
    Map<String, String> texts(String field) {
        return values[type.index(field)] instanceof SortedMap<?, ?> map ? (Map<String, String>) map : Map.of();
    }

    /** A map of anything, null when it is not set. */
    @SuppressWarnings("unchecked")
    @Nullable
    SortedMap<String, @Nullable Object> anything(String field) {
        return values[type.index(field)] instanceof SortedMap<?, ?> map
                ? (SortedMap<String, @Nullable Object>) map
                : null;
    }

    /** A list of objects, empty when it is not set. */
    @SuppressWarnings("unchecked")
    List<GoObject> list(String field) {
        return values[type.index(field)] instanceof List<?> list ? (List<GoObject>) list : List.of();
    }
}
