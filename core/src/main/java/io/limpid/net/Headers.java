package io.limpid.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message, in their order; a name may be there more than once, and its case does not matter.
 *
 * @param fields the fields
 */
public record Headers(List<Field> fields) {
    /** No header fields. */
    public static final Headers NONE = new Headers(List.of());

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /**
     * One header field.
     *
     * @param name a token of RFC 9110
     * @param value what follows the colon, without the blanks around it
     */
    public record Field(String name, String value) {

        /**
         * A field that can be sent.
         *
         * @throws IllegalArgumentException when the name is no token, or the value would end the line
         */
        public Field {
            if (!isName(name)) {
                throw new IllegalArgumentException("no name of a header field");
            }
            if (!isValue(value)) {
                throw new IllegalArgumentException("no value of a header field: " + name);
            }
        }

        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }

        /** The name only: a value may be a secret. */
        @Override
        public String toString() {
            return name;
        }
    }

    public Headers {
        fields = List.copyOf(fields);
    }

    /** Whether a text can be the name of a header field (RFC 9110, 5.6.2). */
    public static boolean isName(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || TOKEN_MARKS.indexOf(c) >= 0);
    }

    /** Whether a text can be the value of a header field (RFC 9110, 5.5): no control character but the tab. */
    public static boolean isValue(String text) {
        return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= 0xff && c != 0x7f));
    }

    /** These fields and one more. */
    public Headers with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Headers(more);
    }

    /** The value of the first field of a name, null when there is none. */
    public @Nullable String first(String name) {
        for (Field field : fields) {
            if (field.is(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** The values of all fields of a name, in their order. */
    public List<String> all(String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
    }

    /** Those fields whose lower-case name is wanted. */
    Headers only(Predicate<String> wanted) {
        Stream<Field> kept =
                fields.stream().filter(field -> wanted.test(field.name().toLowerCase(Locale.ROOT)));
        return new Headers(kept.toList());
    }
}
