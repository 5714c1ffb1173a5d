package io.limpid.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;

/** A stream whose first bytes were looked at, and which begins with them all the same. */
public final class PeekedInputStream extends PushbackInputStream {
    private final byte[] first;

    /**
     * Looks at a stream's first bytes.
     *
     * @param bytes how many; there are fewer where the stream ends before
     */
    public PeekedInputStream(InputStream in, int bytes) throws IOException {
        super(in, bytes);
        first = in.readNBytes(bytes);
        unread(first);
    }

    /** The first bytes. */
    public byte[] first() {
        return first.clone();
    }

    /** The first bytes as a text that has a character for each of them. */
    public String firstText() {
        return new String(first, StandardCharsets.ISO_8859_1);
    }
}
