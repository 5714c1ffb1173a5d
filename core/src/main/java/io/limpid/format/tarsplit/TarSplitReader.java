package io.limpid.format.tarsplit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive that was taken apart (github.com/vbatts/tar-split): a line of JSON for each piece.
 *
 * <p>The pieces one after the other are the archive, byte for byte.
 */
public final class TarSplitReader implements Closeable {
    private static final int WINDOW = 1 << 16;
    private static final int CRC_BYTES = 8;
    /** An entry has a header, a content and what fills its last block, which may be one piece with the next header. */
    private static final long PIECES_AN_ENTRY = 4;

    private static final byte[] BYTES_BEGIN = "{\"type\":2,\"payload\":\"".getBytes(US_ASCII);
    private static final String CONTENT_BEGIN = "{\"type\":1,\"name\":\"";
    private static final String SIZE = "\",\"size\":";
    private static final String CRC = ",\"payload\":\"";

    private final InputStream in;
    private final Limits limits;
    private byte[] window = new byte[WINDOW];
    private int from;
    private int to;
    private long pieces;

    /**
     * @param in the lines, not compressed; closed with this
     * @param limits bounds a line and how many there are
     */
    public TarSplitReader(InputStream in, Limits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** The next piece that has bytes; null at the end. */
    public @Nullable Piece next() throws IOException {
        while (true) {
            int end = line();
            if (end < 0) {
                return null;
            }
            if (++pieces > PIECES_AN_ENTRY * limits.layerEntries()) {
                throw new IOException("it has too many pieces (limit layer-entries)");
            }
            Piece piece = piece(from, end);
            from = end + 1;
            if (piece.size() > 0) {
                return piece;
            }
        }
    }

    /** Makes a line available from {@code from} on, and gives where it ends; -1 when there is none. */
    private int line() throws IOException {
        int at = from;
        while (true) {
            for (; at < to; at++) {
                if (window[at] == '\n') {
                    return at;
                }
            }
            System.arraycopy(window, from, window, 0, to - from);
            at -= from;
            to -= from;
            from = 0;
            if (to == window.length) {
                if (window.length >= limits.documentBytes()) {
                    throw new IOException(
                            "a line has more than " + limits.documentBytes() + " bytes (limit document-bytes)");
                }
                window = Arrays.copyOf(window, (int) Math.min(window.length * 2L, limits.documentBytes()));
            }
            int read = in.read(window, to, window.length - to);
            if (read < 0) {
                if (to > 0) {
                    throw new EOFException("the last line is cut short");
                }
                return -1;
            }
            to += read;
        }
    }

    private Piece piece(int begin, int end) throws IOException {
        if (startsWith(begin, end)) {
            int first = begin + BYTES_BEGIN.length;
            int last = first;
            while (last < end && window[last] != '"') {
                last++;
            }
            return new Piece.Bytes(decoded(Arrays.copyOfRange(window, first, last)));
        }
        String line = new String(window, begin, end - begin, UTF_8);
        Piece plain = plainContent(line);
        return plain == null ? anyPiece(Arrays.copyOfRange(window, begin, end)) : plain;
    }

    private boolean startsWith(int begin, int end) {
        return end - begin > BYTES_BEGIN.length
                && Arrays.equals(window, begin, begin + BYTES_BEGIN.length, BYTES_BEGIN, 0, BYTES_BEGIN.length);
    }

    /** A content in the form that most lines have; null when this one has another. */
    private static @Nullable Piece plainContent(String line) throws IOException {
        int name = CONTENT_BEGIN.length();
        int size = line.indexOf('"', name);
        if (!line.startsWith(CONTENT_BEGIN) || !line.startsWith(SIZE, size) || line.indexOf('\\') >= 0) {
            return null;
        }
        int digits = size + SIZE.length();
        int crc = line.indexOf(',', digits);
        int last = crc < 0 ? -1 : line.indexOf('"', crc + CRC.length());
        if (last < 0 || !line.startsWith(CRC, crc)) {
            return null;
        }
        return content(
                line.substring(name, size),
                number(line.substring(digits, crc)),
                line.substring(crc + CRC.length(), last));
    }

    private static long number(String digits) throws IOException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {
            throw new IOException("a size that is none: " + digits);
        }
    }

    private Piece anyPiece(byte[] line) throws IOException {
        if (!(Json.parse(line, limits.documentBytes(), limits) instanceof JsonObject piece)) {
            throw new IOException("a line that is no JSON object");
        }
        Long type = piece.integer("type");
        String payload = piece.string("payload");
        if (type != null && type == 2) {
            return new Piece.Bytes(decoded((payload == null ? "" : payload).getBytes(US_ASCII)));
        }
        if (type == null || type != 1) {
            throw new IOException("a piece of an unknown type");
        }
        Long size = piece.integer("size");
        if (size == null || size == 0) {
            return new Piece.Content("", 0, 0);
        }
        String name = piece.string("name");
        if (name == null || name.isEmpty() || payload == null) {
            throw new IOException("a file whose name is not UTF-8, or without a checksum");
        }
        return content(name, size, payload);
    }

    private static Piece content(String name, long size, String payload) throws IOException {
        byte[] crc = decoded(payload.getBytes(US_ASCII));
        if (size < 0 || crc.length != CRC_BYTES) {
            throw new IOException("a file of " + size + " bytes with a checksum of " + crc.length);
        }
        return new Piece.Content(name, size, ByteBuffer.wrap(crc).getLong());
    }

    private static byte[] decoded(byte[] text) throws IOException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("no base64: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
