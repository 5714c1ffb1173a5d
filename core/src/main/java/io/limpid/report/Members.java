package io.limpid.report;

import io.limpid.format.Printable;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Members of a written report that must be there, or must have a value of a certain kind. */
final class Members {
    private static final int SHOWN = 40;

    /** Makes something of an object, or of what was read before. */
    interface Reading<T> {
        T read() throws JsonException;
    }

    /** Makes something of an object. */
    interface ObjectReading<T> {
        T read(JsonObject object) throws JsonException;
    }

    private Members() {}

    static String text(JsonObject object, String name) throws JsonException {
        String text = object.string(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    static JsonObject object(JsonObject object, String name) throws JsonException {
        JsonObject member = object.object(name);
        if (member == null) {
            throw missing(name);
        }
        return member;
    }

    /** A number that is not negative. */
    static long count(JsonObject object, String name) throws JsonException {
        Long number = object.integer(name);
        if (number == null) {
            throw missing(name);
        }
        if (number < 0) {
            throw new JsonException("member \"" + name + "\" is negative");
        }
        return number;
    }

    /** The index of a layer, null where there is none. */
    static @Nullable Integer index(JsonObject object, String name) throws JsonException {
        if (object.value(name) == null) {
            return null;
        }
        long index = count(object, name);
        if (index > Integer.MAX_VALUE) {
            throw new JsonException("member \"" + name + "\": there is no layer " + index);
        }
        return (int) index;
    }

    /** What is made of each element of an array that must be there; a flaw of one names it. */
    static <T> List<T> each(JsonObject object, String name, ObjectReading<T> reading) throws JsonException {
        // A list that is not there must not be read as one without findings or problems.
        if (object.value(name) == null) {
            throw missing(name);
        }
        return eachIfThere(object, name, reading);
    }

    /** What is made of each element of an array that earlier reports do not have. */
    static <T> List<T> eachIfThere(JsonObject object, String name, ObjectReading<T> reading) throws JsonException {
        List<JsonObject> elements = object.objects(name);
        List<T> all = new ArrayList<>(elements.size());
        for (JsonObject element : elements) {
            try {
                all.add(consistent(() -> reading.read(element)));
            } catch (JsonException e) {
                throw new JsonException(name + "[" + all.size() + "]: " + e.getMessage());
            }
        }
        return all;
    }

    /** A value whose own rules are also those of the report. */
    static <T> T consistent(Reading<T> reading) throws JsonException {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw new JsonException(Printable.excerpt(String.valueOf(e.getMessage()), 3 * SHOWN));
        }
    }

    static JsonException missing(String name) {
        return new JsonException("member \"" + name + "\" is missing");
    }

    static JsonException unknown(String name, String word) {
        return new JsonException("member \"" + name + "\": unknown word " + Printable.excerpt(word, SHOWN));
    }
}
