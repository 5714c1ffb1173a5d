package io.limpid.server.api.v1;

import java.nio.charset.StandardCharsets;

/** JSON that {@link GoScanner} has found right, read token by token. */
final class GoText {
    private static final char REPLACEMENT = '\ufffd';

    private final byte[] in;
    private int at;

    GoText(byte[] in) {
        this.in = in;
    }

    /** The first byte of the next token. */
    int peek() {
        while (GoScanner.isSpace(in[at])) {
            at++;
        }
        return in[at];
    }

    /** Steps into an array or object, and says whether there is anything in it. */
    boolean enters(char end) {
        peek();
        at++;
        return !leaves(end);
    }

    /** Steps over the comma, or the end. */
    boolean continues(char end) {
        if (leaves(end)) {
            return false;
        }
        at++;
        return true;
    }

    private boolean leaves(char end) {
        boolean isEnd = peek() == end;
        if (isEnd) {
            at++;
        }
        return isEnd;
    }

    /** A key, with the colon after it. */
    String key() {
        String key = string();
        peek();
        at++;
        return key;
    }

    /** A number or a word. */
    String token() {
        peek();
        int from = at;
        while (at < in.length && "+-.".indexOf(in[at]) >= 0 || at < in.length && Character.isLetterOrDigit(in[at])) {
            at++;
        }
        return new String(in, from, at - from, StandardCharsets.US_ASCII);
    }

    /** Steps over a value. */
    void skip() {
        int depth = 0;
        do {
            switch (peek()) {
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case ',', ':' -> at++;
                case '"' -> skipString();
                default -> token();
            }
        } while (depth > 0);
    }

    private void skipString() {
        at++;
        while (in[at] != '"') {
            at += in[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    /** A string; what is no Unicode in it becomes U+FFFD, byte by byte, as Go does. */
    String string() {
        peek();
        at++;
        StringBuilder text = new StringBuilder();
        while (in[at] != '"') {
            if (in[at] == '\\') {
                at++;
                escape(text);
            } else if (in[at] >= 0) {
                text.append((char) in[at++]);
            } else {
                at += character(text);
            }
        }
        at++;
        return text.toString();
    }

    private void escape(StringBuilder text) {
        int c = in[at++];
        switch (c) {
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                char unit = unit(at);
                at += 4;
                if (!Character.isSurrogate(unit)) {
                    text.append(unit);
                    return;
                }
                boolean another = Character.isHighSurrogate(unit) && in[at] == '\\' && in[at + 1] == 'u';
                if (another && Character.isLowSurrogate(unit(at + 2))) {
                    text.append(unit).append(unit(at + 2));
                    at += 6;
                } else {
                    text.append(REPLACEMENT);
                }
            }
            default -> text.append((char) c);
        }
    }

    private char unit(int from) {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            unit = unit << 4 | Character.digit(in[from + i], 16);
        }
        return (char) unit;
    }

    /** Appends the character of more than one byte that begins here, and says how many bytes it has. */
    private int character(StringBuilder text) {
        int first = in[at] & 0xff;
        int length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
        int point = first & (0xff >> (length + 1));
        for (int i = 1; i < length; i++) {
            // A string ends with a quote, so that there is a byte.
            int next = in[at + i] & 0xff;
            if ((next & 0xc0) != 0x80) {
                length = 1;
                break;
            }
            point = point << 6 | next & 0x3f;
        }
        boolean isRight = length == 2
                || length == 3 && point >= 0x800 && (point < 0xd800 || point > 0xdfff)
                || length == 4 && point >= 0x10000 && point <= Character.MAX_CODE_POINT;
        if (isRight) {
            text.appendCodePoint(point);
            return length;
        }
        text.append(REPLACEMENT);
        return 1;
    }
}
