package io.limpid.server.api.v1;

/**
 * Finds the end of the first JSON value in some bytes, or says what is wrong with it as Go's scanner does.
 *
 * <p>Nothing is built: what is refused costs no memory, and {@link GoDecoder} need not check what it reads.
 */
final class GoScanner {
    private final byte[] in;
    private final int length;
    private final int deepest;
    private int at;

    private GoScanner(byte[] in, int length, int deepest) {
        this.in = in;
        this.length = length;
        this.deepest = deepest;
    }

    /**
     * Checks the first value; what follows it is not looked at.
     *
     * @param deepest nesting that is still read
     */
    static void check(byte[] in, int length, int deepest) throws GoJsonException {
        GoScanner scanner = new GoScanner(in, length, deepest);
        scanner.space();
        if (scanner.at == length) {
            throw new GoJsonException("EOF");
        }
        scanner.value(0);
    }

    private void value(int depth) throws GoJsonException {
        space();
        int c = next();
        switch (c) {
            case '{' -> object(inside(depth, c));
            case '[' -> array(inside(depth, c));
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> {
                if (c != '-' && !isDigit(c)) {
                    throw wrong(c, "looking for beginning of value");
                }
                number(c);
            }
        }
    }

    private int inside(int depth, int c) throws GoJsonException {
        if (depth >= deepest) {
            throw wrong(c, "exceeded max depth");
        }
        return depth + 1;
    }

    private void object(int depth) throws GoJsonException {
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            space();
            int c = next();
            if (c != '"') {
                throw wrong(c, "looking for beginning of object key string");
            }
            string();
            space();
            c = next();
            if (c != ':') {
                throw wrong(c, "after object key");
            }
            value(depth);
            space();
            c = next();
            if (c == '}') {
                return;
            }
            if (c != ',') {
                throw wrong(c, "after object key:value pair");
            }
        }
    }

    private void array(int depth) throws GoJsonException {
        space();
        if (peek() == ']') {
            at++;
            return;
        }
        while (true) {
            value(depth);
            space();
            int c = next();
            if (c == ']') {
                return;
            }
            if (c != ',') {
                throw wrong(c, "after array element");
            }
        }
    }

    private void string() throws GoJsonException {
        while (true) {
            int c = next();
            if (c == '"') {
                return;
            }
            if (c < ' ') {
                throw wrong(c, "in string literal");
            }
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() throws GoJsonException {
        int c = next();
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                int digit = next();
                if (Character.digit(digit, 16) < 0 || digit > 'f') {
                    throw wrong(digit, "in \\u hexadecimal character escape");
                }
            }
        } else if ("bfnrt\\/\"".indexOf(c) < 0) {
            throw wrong(c, "in string escape code");
        }
    }

    private void literal(String word) throws GoJsonException {
        for (int i = 1; i < word.length(); i++) {
            int c = next();
            if (c != word.charAt(i)) {
                throw wrong(c, "in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
    }

    private void number(int first) throws GoJsonException {
        int c = first;
        if (c == '-') {
            c = next();
            if (!isDigit(c)) {
                throw wrong(c, "in numeric literal");
            }
        }
        if (c != '0') {
            digits();
        }
        if (peek() == '.') {
            at++;
            digit("after decimal point in numeric literal");
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digit("in exponent of numeric literal");
        }
    }

    private void digit(String where) throws GoJsonException {
        int c = next();
        if (!isDigit(c)) {
            throw wrong(c, where);
        }
        digits();
    }

    private void digits() {
        while (isDigit(peek())) {
            at++;
        }
    }

    private void space() {
        while (at < length && isSpace(in[at])) {
            at++;
        }
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private int peek() {
        return at < length ? in[at] & 0xff : -1;
    }

    private int next() throws GoJsonException {
        if (at == length) {
            throw new GoJsonException("unexpected EOF");
        }
        return in[at++] & 0xff;
    }

    /** Go takes the byte for a character of Latin-1. */
    private static GoJsonException wrong(int c, String where) {
        return new GoJsonException("invalid character " + GoQuote.quoted(c) + " " + where);
    }
}
