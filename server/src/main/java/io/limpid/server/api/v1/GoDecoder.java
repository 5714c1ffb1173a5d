package io.limpid.server.api.v1;

import io.limpid.server.api.v1.GoType.Basic;
import io.limpid.server.api.v1.GoType.ListOf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as Go's {@code encoding/json} does: keys in any case, unknown ones left alone, the first value only, the last of equal keys, and its
 * words for what does not fit.
 */
final class GoDecoder {
    /** Keys as Go sorts them, by their bytes. */
    private static final java.util.Comparator<String> BY_CODE_POINT =
            (left, right) -> java.util.Arrays.compareUnsigned(utf8(left), utf8(right));

    private final GoText in;
    private final Deque<String> path = new ArrayDeque<>();
    private @Nullable String within;
    private @Nullable String mismatch;

    private GoDecoder(GoText in) {
        this.in = in;
    }

    /**
     * Reads the first value.
     *
     * @param deepest nesting that is still read
     * @return an object of the struct
     */
    static GoObject decode(GoStruct type, byte[] in, int length, int deepest) throws GoJsonException {
        Object value = decodeAny(type, in, length, deepest);
        return value instanceof GoObject object ? object : new GoObject(type);
    }

    /** Reads the first value, which may be of any type. */
    static @Nullable Object decodeAny(GoType type, byte[] in, int length, int deepest) throws GoJsonException {
        GoScanner.check(in, length, deepest);
        GoDecoder decoder = new GoDecoder(new GoText(in));
        Object value = decoder.value(type, null);
        if (decoder.mismatch != null) {
            throw new GoJsonException(decoder.mismatch);
        }
        return value;
    }

    /** A map as Go marshals it. */
    static <T extends @Nullable Object> SortedMap<String, T> sorted() {
        return new TreeMap<>(BY_CODE_POINT);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What stands there, or what was there before when that does not fit. */
    private @Nullable Object value(GoType type, @Nullable Object before) {
        switch (in.peek()) {
            case '{' -> {
                return switch (type) {
                    case GoStruct struct -> struct(struct, before instanceof GoObject object ? object : null);
                    case Basic basic when basic == Basic.TEXTS -> texts(before);
                    case Basic basic when basic == Basic.ANYTHING -> anything(before);
                    default -> unfit("object", type, before);
                };
            }
            case '[' -> {
                return type instanceof ListOf list ? list(list) : unfit("array", type, before);
            }
            case '"' -> {
                return type == Basic.TEXT ? in.string() : unfit("string", type, before);
            }
            case 't', 'f' -> {
                return unfit("bool", type, before);
            }
            case 'n' -> {
                in.skip();
                // Of what is no pointer, null leaves what was there.
                return type == Basic.TEXT || type == Basic.INT ? before : null;
            }
            default -> {
                return type == Basic.INT ? integer(before) : unfit("number", type, before);
            }
        }
    }

    private GoObject struct(GoStruct type, @Nullable GoObject before) {
        GoObject object = before == null ? new GoObject(type) : before;
        String outside = within;
        for (boolean more = in.enters('}'); more; more = in.continues('}')) {
            int index = type.indexOfKey(in.key());
            if (index < 0) {
                in.skip();
                continue;
            }
            GoStruct.Field field = type.fields().get(index);
            within = type.name();
            path.addLast(field.name());
            object.set(index, value(field.type(), object.at(index)));
            path.removeLast();
            within = outside;
        }
        return object;
    }

    private List<GoObject> list(ListOf type) {
        List<GoObject> list = new ArrayList<>();
        for (boolean more = in.enters(']'); more; more = in.continues(']')) {
            Object element = value(type.of(), null);
            list.add(element instanceof GoObject object ? object : new GoObject(type.of()));
        }
        return list;
    }

    private SortedMap<String, @Nullable Object> texts(@Nullable Object before) {
        SortedMap<String, @Nullable Object> map = map(before);
        for (boolean more = in.enters('}'); more; more = in.continues('}')) {
            String key = in.key();
            map.put(key, value(Basic.TEXT, ""));
        }
        return map;
    }

    private SortedMap<String, @Nullable Object> anything(@Nullable Object before) {
        SortedMap<String, @Nullable Object> map = map(before);
        for (boolean more = in.enters('}'); more; more = in.continues('}')) {
            String key = in.key();
            map.put(key, any());
        }
        return map;
    }

    @SuppressWarnings("unchecked") // A field has only values of its type.
    private static SortedMap<String, @Nullable Object> map(@Nullable Object before) {
        return before instanceof SortedMap<?, ?> map ? (SortedMap<String, @Nullable Object>) map : sorted();
    }

    private @Nullable Object any() {
        switch (in.peek()) {
            case '{' -> {
                return anything(null);
            }
            case '[' -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (boolean more = in.enters(']'); more; more = in.continues(']')) {
                    list.add(any());
                }
                return list;
            }
            case '"' -> {
                return in.string();
            }
            case 't', 'f', 'n' -> {
                return switch (in.token()) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                };
            }
            default -> {
                String digits = in.token();
                double number = Double.parseDouble(digits);
                if (Double.isInfinite(number)) {
                    refuse("number " + digits, "float64");
                }
                return number;
            }
        }
    }

    private @Nullable Object integer(@Nullable Object before) {
        String digits = in.token();
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException _) {
            refuse("number " + digits, Basic.INT.goName());
            return before;
        }
    }

    private @Nullable Object unfit(String what, GoType type, @Nullable Object before) {
        refuse(what, type.goName());
        in.skip();
        return before;
    }

    /** The first thing that does not fit is told, after everything was read. */
    private void refuse(String what, String goName) {
        if (mismatch == null) {
            String where = within == null ? "Go value" : "Go struct field " + within + "." + String.join(".", path);
            mismatch = "json: cannot unmarshal " + what + " into " + where + " of type " + goName;
        }
    }
}
