package io.limpid.server.api.v1;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Texts in Go's messages. */
final class GoQuote {
    private static final int DELETE = 0x7f;

    private GoQuote() {}

    /** A text as Go's {@code strconv.Quote} writes it, bytes that are no UTF-8 by their numbers. */
    static String quoted(byte[] text) {
        StringBuilder quoted = new StringBuilder("\"");
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(text.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            out.flip();
            out.codePoints().forEach(point -> append(quoted, point, '"'));
            out.clear();
            if (!result.isError()) {
                return quoted.append('"').toString();
            }
            for (int i = 0; i < result.length(); i++) {
                quoted.append(String.format("\\x%02x", in.get()));
            }
            decoder.reset();
        }
    }

    /** A character as Go's scanner of JSON writes it. */
    static String quoted(int point) {
        StringBuilder quoted = new StringBuilder("'");
        append(quoted, point, '\'');
        return quoted.append('\'').toString();
    }

    private static void append(StringBuilder to, int point, char quote) {
        switch (point) {
            case 7 -> to.append("\\a");
            case '\b' -> to.append("\\b");
            case '\f' -> to.append("\\f");
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            case 11 -> to.append("\\v");
            case '\\' -> to.append("\\\\");
            default -> {
                if (point == quote) {
                    to.append('\\').append(quote);
                } else if (point < ' ' || point == DELETE) {
                    to.append(String.format("\\x%02x", point));
                } else if (isPrinted(point)) {
                    to.appendCodePoint(point);
                } else {
                    to.append(String.format(point > Character.MAX_VALUE ? "\\U%08x" : "\\u%04x", point));
                }
            }
        }
    }

    /** Go prints letters, marks, numbers, punctuation, symbols and the plain space. */
    private static boolean isPrinted(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
