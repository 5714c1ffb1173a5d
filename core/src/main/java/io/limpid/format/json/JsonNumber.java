package io.limpid.format.json;

/**
 * A JSON number, kept as it is written because no one type holds them all.
 *
 * @param text the number in the document's own spelling: {@code -1.5e3}
 */
public record JsonNumber(String text) implements JsonValue {

    @Override
    public String kind() {
        return "a number";
    }
}
