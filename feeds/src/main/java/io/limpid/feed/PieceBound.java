package io.limpid.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an XML document, bounded as a whole and for each piece of it: a tag with its attributes, a run of text, a comment.
 *
 * <p>The parser holds a whole piece in memory before it gives it out.
 */
final class PieceBound extends FilterInputStream {
    private static final int PIECE_BYTES = 4 << 20;

    private final String document;
    private final long bound;
    private long read;
    private long pieceFrom;
    private @Nullable IOException failure;

    PieceBound(InputStream in, String document, long bound) {
        super(in);
        this.document = document;
        this.bound = bound;
    }

    /** The parser has given out the piece before. */
    void nextPiece() {
        pieceFrom = read;
    }

    /** Why the bytes could not be read, or were too many; null when the parser itself is at a loss. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                take(count);
            }
            return count;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private void take(int count) throws FeedException {
        read += count;
        if (read > bound) {
            throw new FeedException(document, null, "it has more than " + bound + " bytes");
        }
        if (read - pieceFrom > PIECE_BYTES) {
            throw new FeedException(document, null, "a tag or text of more than " + PIECE_BYTES + " bytes");
        }
    }
}
