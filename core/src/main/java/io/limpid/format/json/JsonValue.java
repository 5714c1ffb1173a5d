package io.limpid.format.json;

/** A value of a JSON document (RFC 8259), immutable. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /** What it is, with its article, for messages: {@code an object}. */
    String kind();
}
