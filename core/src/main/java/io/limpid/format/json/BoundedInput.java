package io.limpid.format.json;

import io.limpid.format.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A document's bytes, with an error in place of the byte beyond its bound. */
final class BoundedInput extends BlockInputStream {
    private final InputStream in;
    private final long bound;
    private final String limit;
    private long left;

    /**
     * @param limit the name of the limit that the bound is
     */
    BoundedInput(InputStream in, long bound, String limit) {
        this.in = in;
        this.bound = bound;
        this.limit = limit;
        this.left = bound;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, (int) Math.min(length, left + 1));
        if (count > 0) {
            take(count);
        }
        return count;
    }

    private void take(int count) throws JsonException {
        left -= count;
        if (left < 0) {
            throw new JsonException("the document has more than " + bound + " bytes (limit " + limit + ")");
        }
    }
}
