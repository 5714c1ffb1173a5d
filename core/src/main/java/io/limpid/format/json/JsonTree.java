package io.limpid.format.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Builds the values of one document from its tokens, without recursion: no nesting can exhaust the stack. */
final class JsonTree {

    /** An object or array whose end has not been read. */
    private static final class Open {
        private final @Nullable Map<String, JsonValue> members;
        private final List<JsonValue> elements = new ArrayList<>(0);
        private String name = "";

        private Open(boolean object) {
            members = object ? new LinkedHashMap<>(8) : null;
        }
    }

    private final JsonParser parser;
    private final int maxDepth;
    private final Deque<Open> open = new ArrayDeque<>();

    JsonTree(JsonParser parser, int maxDepth) {
        this.parser = parser;
        this.maxDepth = maxDepth;
    }

    JsonValue read() throws JsonException {
        JsonValue whole = null;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (whole != null) {
                throw error("something follows the end of the document");
            }
            whole = take(token);
        }
        if (whole == null) {
            throw error("the document is empty");
        }
        return whole;
    }

    /**
     * Reads the one value whose first token the parser stands at, and leaves it at the last.
     *
     * @return null when the document ends before it does
     */
    @Nullable
    JsonValue readHere(long maxCharacters) throws JsonException {
        long start = parser.currentTokenLocation().getCharOffset();
        for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
            if (parser.currentLocation().getCharOffset() - start > maxCharacters) {
                throw error("a value of more than " + maxCharacters + " characters");
            }
            JsonValue whole = take(token);
            if (whole != null) {
                return whole;
            }
        }
        return null;
    }

    /** The whole document when this token ends it, else null. */
    private @Nullable JsonValue take(JsonToken token) throws JsonException {
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            if (open.size() >= maxDepth) {
                throw error("nested more than " + maxDepth + " deep (limit json-depth)");
            }
            open.push(new Open(token == JsonToken.START_OBJECT));
            return null;
        }
        if (token == JsonToken.PROPERTY_NAME) {
            nameNext();
            return null;
        }
        return place(value(token));
    }

    private void nameNext() throws JsonException {
        Open inner = open.element();
        inner.name = parser.currentName();
        if (inner.members != null && inner.members.containsKey(inner.name)) {
            throw error("member \"" + JsonException.shown(inner.name) + "\" is there twice");
        }
    }

    private JsonValue value(JsonToken token) throws JsonException {
        return switch (token) {
            case VALUE_STRING -> new JsonString(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case END_OBJECT, END_ARRAY -> closed(open.pop());
            default -> throw error("unexpected " + token);
        };
    }

    private static JsonValue closed(Open done) {
        if (done.members != null) {
            return done.members.isEmpty() ? JsonObject.EMPTY : new JsonObject(done.members);
        }
        return done.elements.isEmpty() ? JsonArray.EMPTY : new JsonArray(done.elements);
    }

    private @Nullable JsonValue place(JsonValue value) {
        Open outer = open.peek();
        if (outer == null) {
            return value;
        }
        if (outer.members != null) {
            outer.members.put(outer.name, value);
        } else {
            outer.elements.add(value);
        }
        return null;
    }

    private JsonException error(String what) {
        var place = parser.currentTokenLocation();
        return JsonException.at(place.getLineNr(), place.getColumnNr(), what);
    }
}
