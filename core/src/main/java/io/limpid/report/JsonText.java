package io.limpid.report;

import io.limpid.format.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.SerializableString;

/** A string for the JSON generator that brings its own escapes: the generator's are decided for each half of a surrogate pair and see no context. */
final class JsonText implements SerializableString {
    private final String value;
    private final String quoted;

    JsonText(String value) {
        this.value = value;
        this.quoted = Printable.json(value);
    }

    @Override
    public String getValue() {
        return value;
    }

    @Override
    public int charLength() {
        return value.length();
    }

    @Override
    public char[] asQuotedChars() {
        return quoted.toCharArray();
    }

    @Override
    public byte[] asQuotedUTF8() {
        return utf8(quoted);
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return utf8(value);
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        return append(utf8(quoted), buffer, offset);
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        return append(quoted, buffer, offset);
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        return append(utf8(value), buffer, offset);
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        return append(value, buffer, offset);
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) throws IOException {
        byte[] bytes = utf8(quoted);
        out.write(bytes);
        return bytes.length;
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        byte[] bytes = utf8(value);
        out.write(bytes);
        return bytes.length;
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
        return put(utf8(quoted), buffer);
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
        return put(utf8(value), buffer);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // All of these do nothing and say -1 where there is no room.

    private static int append(byte[] bytes, byte[] buffer, int offset) {
        if (bytes.length > buffer.length - offset) {
            return -1;
        }
        System.arraycopy(bytes, 0, buffer, offset, bytes.length);
        return bytes.length;
    }

    private static int append(String text, char[] buffer, int offset) {
        if (text.length() > buffer.length - offset) {
            return -1;
        }
        text.getChars(0, text.length(), buffer, offset);
        return text.length();
    }

    private static int put(byte[] bytes, ByteBuffer buffer) {
        if (bytes.length > buffer.remaining()) {
            return -1;
        }
        buffer.put(bytes);
        return bytes.length;
    }
}
