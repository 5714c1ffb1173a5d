package io.limpid.server.api.v1;

import io.limpid.server.api.v1.GoStruct.Emptiness;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON as Go's {@code encoding/json} does, down to what it escapes. */
final class GoEncoder {
    private static final String HEX = "0123456789abcdef";
    private static final double LEAST_PLAIN = 1e-6;
    private static final double LEAST_SCIENTIFIC = 1e21;

    private final StringBuilder out = new StringBuilder(256);

    private GoEncoder() {}

    /** An object as a line of its own, as an answer has it. */
    static byte[] line(GoObject object) {
        GoEncoder encoder = new GoEncoder();
        encoder.object(object);
        encoder.out.append('\n');
        return encoder.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Any value as text. */
    static String text(@Nullable Object value) {
        GoEncoder encoder = new GoEncoder();
        encoder.value(value);
        return encoder.out.toString();
    }

    private void object(GoObject object) {
        List<GoStruct.Field> fields = object.type().fields();
        char before = '{';
        for (int i = 0; i < fields.size(); i++) {
            GoStruct.Field field = fields.get(i);
            Object value = object.at(i);
            boolean isEmpty = isEmpty(value);
            boolean isLeftOut = isEmpty
                    && (field.emptiness() == Emptiness.LEFT_OUT
                            || field.emptiness() == Emptiness.NULL && value == null);
            if (isLeftOut) {
                continue;
            }
            out.append(before);
            before = ',';
            string(field.name());
            out.append(':');
            value(isEmpty && field.emptiness() == Emptiness.NULL ? null : value);
        }
        out.append(before == '{' ? "{}" : "}");
    }

    private static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case Long number -> number == 0;
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case GoObject object -> object(object);
            case String text -> string(text);
            case Double number -> number(number);
            case Map<?, ?> map -> {
                char before = '{';
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(before);
                    before = ',';
                    string(String.valueOf(entry.getKey()));
                    out.append(':');
                    value(entry.getValue());
                }
                out.append(before == '{' ? "{}" : "}");
            }
            case List<?> list -> {
                char before = '[';
                for (Object element : list) {
                    out.append(before);
                    before = ',';
                    value(element);
                }
                out.append(before == '[' ? "[]" : "]");
            }
            default -> out.append(value);
        }
    }

    /** The shortest digits that mean the number, with an exponent where it is very small or large. */
    private void number(double number) {
        if (number == 0) {
            out.append(1 / number < 0 ? "-0" : "0");
            return;
        }
        BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        double size = Math.abs(number);
        if (size >= LEAST_PLAIN && size < LEAST_SCIENTIFIC) {
            out.append(digits.toPlainString());
            return;
        }
        String unscaled = digits.unscaledValue().abs().toString();
        int exponent = digits.precision() - digits.scale() - 1;
        out.append(number < 0 ? "-" : "").append(unscaled.charAt(0));
        if (unscaled.length() > 1) {
            out.append('.').append(unscaled, 1, unscaled.length());
        }
        out.append(exponent < 0 ? "e" : "e+").append(exponent);
    }

    private void string(String text) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String escaped = escaped(text, i, c);
            if (escaped != null) {
                out.append(text, plain, i).append(escaped);
                plain = i + 1;
            }
        }
        out.append(text, plain, text.length()).append('"');
    }

    private static @Nullable String escaped(String text, int at, char c) {
        if (c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&') {
            return null;
        }
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '<', '>', '&', '\u2028', '\u2029' -> unicode(c);
            default -> c < ' ' ? unicode(c) : isAlone(text, at, c) ? "\\ufffd" : null;
        };
    }

    private static boolean isAlone(String text, int at, char c) {
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static String unicode(char c) {
        return "\\u" + HEX.charAt(c >> 12) + HEX.charAt(c >> 8 & 0xf) + HEX.charAt(c >> 4 & 0xf) + HEX.charAt(c & 0xf);
    }
}
