package io.limpid.format.json;

import io.limpid.format.Printable;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON text (RFC 8259) that is too large to be held, as strictly as {@link Json} does: value by value, in the document's order.
 *
 * <p>The stream stands before a value. Reading it moves on; a member or element that its reader leaves alone is passed over. Failures say
 * line, column and the path of the value.
 */
public final class JsonStream {
    private static final int NUMBER_CHARACTERS = 1000;
    private static final int SHOWN_OF_A_PATH = 120;
    private static final int NAME_CHARACTERS = 1000;
    /** The names of the objects that are open are kept, so that none comes twice. */
    private static final int HELD_CHARACTERS = 1 << 25;

    private static final int CHARACTERS_A_NAME = 50;

    private static final String CUT_OFF = "the document ends in the middle; it was cut off";

    private final JsonParser parser;
    private final Limits limits;
    private long held;

    /** What is done with a document. */
    @FunctionalInterface
    public interface Reading {
        void read(JsonStream document) throws IOException;
    }

    /** What is done with a member of an object; the stream stands before its value. */
    @FunctionalInterface
    public interface Member {
        void read(String name) throws IOException;
    }

    /** What is done with an element of an array; the stream stands before it. */
    @FunctionalInterface
    public interface Element {
        void read() throws IOException;
    }

    private JsonStream(JsonParser parser, Limits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    /**
     * Reads a document to its end; the stream is not closed.
     *
     * @param maxBytes how many bytes it may have
     * @param limits bounds nesting and the length of strings
     * @param reading what is done with it
     * @throws JsonException when it is no JSON, larger or deeper than allowed, or of another shape than {@code reading} asks for
     * @throws IOException when the stream cannot be read, or what {@code reading} throws
     */
    public static void read(InputStream document, long maxBytes, Limits limits, Reading reading) throws IOException {
        // Names are not kept in a table: a document of nothing but different names would fill the memory.
        JsonFactory factory = JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.jsonDepth())
                        .maxNumberLength(NUMBER_CHARACTERS)
                        .maxStringLength(limits.advisoryBytes())
                        .maxNameLength(NAME_CHARACTERS)
                        .build())
                .build();
        try (JsonParser parser =
                factory.createParser(ObjectReadContext.empty(), Json.text(document, maxBytes, "feed-plain-bytes"))) {
            new JsonStream(parser, limits).all(reading);
        }
    }

    private void all(Reading reading) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw new JsonException("the document is empty");
            }
            reading.read(this);
            leave();
            if (parser.nextToken() != null) {
                throw error("something follows the end of the document");
            }
        } catch (UnexpectedEndOfInputException e) {
            throw error(e.getLocation(), CUT_OFF);
        } catch (JacksonIOException e) {
            IOException cause = e.getCause();
            throw cause instanceof CharacterCodingException
                    ? error(parser.currentLocation(), "not UTF-8 from about here on")
                    : cause;
        } catch (JacksonException e) {
            throw error(e.getLocation(), JsonException.shown(e.getOriginalMessage()));
        }
    }

    /** Reads an object. */
    public void object(Member reader) throws IOException {
        expect(JsonToken.START_OBJECT, "an object");
        Set<String> names = new HashSet<>();
        long before = held;
        while (next() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (!names.add(name)) {
                throw error("the member is there twice");
            }
            held += CHARACTERS_A_NAME + name.length();
            if (held > HELD_CHARACTERS) {
                throw error("an object with too many members");
            }
            next();
            reader.read(name);
            leave();
        }
        held = before;
    }

    /** Reads an array. */
    public void array(Element reader) throws IOException {
        expect(JsonToken.START_ARRAY, "an array");
        while (next() != JsonToken.END_ARRAY) {
            reader.read();
            leave();
        }
    }

    /** Reads a string. */
    public String string() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        return parser.getString();
    }

    /** Reads a string; whatever else stands there is passed over, and null. */
    public @Nullable String stringOrNull() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
    }

    /** Reads a string or a number, as it is written; whatever else stands there is passed over, and null. */
    public @Nullable String scalarOrNull() throws IOException {
        return isOneOf(JsonToken.VALUE_STRING, JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT)
                ? parser.getString()
                : null;
    }

    /** Reads any value as a whole; one that is longer than an advisory may be is a {@link JsonException}. */
    public JsonValue value() throws IOException {
        JsonValue value = new JsonTree(parser, limits.jsonDepth()).readHere(limits.advisoryBytes());
        if (value == null) {
            throw error(parser.currentLocation(), CUT_OFF);
        }
        return value;
    }

    public boolean isObject() {
        return isOneOf(JsonToken.START_OBJECT);
    }

    public boolean isArray() {
        return isOneOf(JsonToken.START_ARRAY);
    }

    public boolean isNull() {
        return isOneOf(JsonToken.VALUE_NULL);
    }

    /** A failure at the value that the stream stands at. */
    public JsonException error(String what) {
        return error(parser.currentTokenLocation(), what);
    }

    /** What goes beyond a bound comes without a place of its own. */
    private JsonException error(@Nullable TokenStreamLocation known, String what) {
        TokenStreamLocation at = known == null ? parser.currentLocation() : known;
        String path = parser.streamReadContext().pathAsPointer().toString();
        String where = path.isEmpty() ? "" : "in " + Printable.excerpt(path, SHOWN_OF_A_PATH) + ": ";
        return JsonException.at(at.getLineNr(), at.getColumnNr(), where + what);
    }

    private boolean isOneOf(JsonToken... tokens) {
        for (JsonToken token : tokens) {
            if (parser.currentToken() == token) {
                return true;
            }
        }
        return false;
    }

    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw error(parser.currentLocation(), CUT_OFF);
        }
        return token;
    }

    private void expect(JsonToken token, String kind) throws JsonException {
        JsonToken found = parser.currentToken();
        if (found != token) {
            throw error("expected " + kind + ", found " + kindOf(found));
        }
    }

    /** Passes over what was not read of an object or array. */
    private void leave() {
        if (isOneOf(JsonToken.START_OBJECT, JsonToken.START_ARRAY)) {
            parser.skipChildren();
        }
    }

    private static String kindOf(@Nullable JsonToken token) {
        return switch (token) {
            case null -> "nothing";
            case START_OBJECT, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "a number";
        };
    }
}
