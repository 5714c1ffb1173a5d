package io.limpid.server.api.v1;

import io.limpid.format.json.JsonArray;
import io.limpid.format.json.JsonBoolean;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonNull;
import io.limpid.format.json.JsonNumber;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonString;
import io.limpid.format.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The metadata of a vulnerability, as they are kept when they are posted. */
public final class Metadata {
    private Metadata() {}

    /**
     * The text of an object: sorted, with numbers as Go writes them.
     *
     * @throws JsonException for a number that Go cannot hold
     */
    public static String text(JsonObject metadata) throws JsonException {
        return GoEncoder.text(map(metadata));
    }

    private static SortedMap<String, @Nullable Object> map(JsonObject object) throws JsonException {
        SortedMap<String, @Nullable Object> map = GoDecoder.sorted();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            map.put(member.getKey(), value(member.getValue()));
        }
        return map;
    }

    private static @Nullable Object value(JsonValue value) throws JsonException {
        return switch (value) {
            case JsonObject object -> map(object);
            case JsonArray array -> {
                List<@Nullable Object> list = new ArrayList<>(array.values().size());
                for (JsonValue element : array.values()) {
                    list.add(value(element));
                }
                yield list;
            }
            case JsonString text -> text.value();
            case JsonNumber number -> number(number);
            case JsonBoolean truth -> truth.value();
            case JsonNull _ -> null;
        };
    }

    private static Double number(JsonNumber number) throws JsonException {
        double value = Double.parseDouble(number.text());
        if (Double.isInfinite(value)) {
            throw new JsonException("Metadata has a number that 64 bits do not hold");
        }
        return value;
    }
}
