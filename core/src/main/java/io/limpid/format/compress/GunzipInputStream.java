package io.limpid.format.compress;

import io.limpid.format.BlockInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates gzip data (RFC 1952) of any number of members.
 *
 * <p>Unlike {@link java.util.zip.GZIPInputStream} it never takes a short read for the end, and never ignores what follows the last
 * member: zero bytes may pad it, anything else is an error, as it is for the programs that unpack images.
 */
final class GunzipInputStream extends BlockInputStream {
    private static final int WINDOW = 1 << 16;
    private static final int DEFLATE = 8;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int RESERVED_FLAGS = 0xe0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final CRC32 headerCrc = new CRC32();
    private final byte[] window = new byte[WINDOW];
    private int from;
    private int to;
    private boolean ended;

    GunzipInputStream(InputStream in) throws IOException {
        this.in = in;
        readHeader(next());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new IOException("damaged gzip data: a preset dictionary");
            } else if (inflater.needsInput()) {
                if (!fill()) {
                    throw new EOFException("the gzip data end inside a member");
                }
                inflater.setInput(window, from, to - from);
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw new IOException("damaged gzip data: " + e.getMessage(), e);
        }
    }

    private void endMember() throws IOException {
        from = to - inflater.getRemaining();
        long expectedCrc = littleEndian();
        long expectedSize = littleEndian();
        if (expectedCrc != crc.getValue() || expectedSize != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new IOException("damaged gzip data: the checksum or size of a member is wrong");
        }
        int first = skipPadding();
        if (first < 0) {
            ended = true;
            return;
        }
        readHeader(first);
    }

    /** The first byte after the member that is not padding, -1 at the end of the data. */
    private int skipPadding() throws IOException {
        boolean padded = false;
        while (from < to || fill()) {
            int b = window[from++] & 0xff;
            if (b == 0) {
                padded = true;
            } else if (padded) {
                throw new IOException("damaged gzip data: something follows the padding after the last member");
            } else {
                return b;
            }
        }
        return -1;
    }

    private void readHeader(int first) throws IOException {
        headerCrc.reset();
        headerCrc.update(first);
        if (first != 0x1f || header() != 0x8b || header() != DEFLATE) {
            throw new IOException("damaged gzip data: something follows that is no gzip member");
        }
        int flags = header();
        if ((flags & RESERVED_FLAGS) != 0) {
            throw new IOException("damaged gzip data: unknown flags");
        }
        for (int i = 0; i < 6; i++) {
            header();
        }
        if ((flags & FLAG_EXTRA) != 0) {
            int length = header() | header() << 8;
            for (int i = 0; i < length; i++) {
                header();
            }
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0 && (next() | next() << 8) != (headerCrc.getValue() & 0xffff)) {
            throw new IOException("damaged gzip data: the checksum of a member's header is wrong");
        }
        crc.reset();
        inflater.reset();
        inflater.setInput(window, from, to - from);
    }

    private void skipText() throws IOException {
        while (header() != 0) {
            // The original name or a comment: nothing for us.
        }
    }

    /** The next byte of a header, which its checksum covers. */
    private int header() throws IOException {
        int b = next();
        headerCrc.update(b);
        return b;
    }

    private long littleEndian() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private int next() throws IOException {
        if (from == to && !fill()) {
            throw new EOFException("the gzip data end inside a header or trailer");
        }
        return window[from++] & 0xff;
    }

    private boolean fill() throws IOException {
        int read = in.read(window, 0, window.length);
        from = 0;
        to = Math.max(read, 0);
        return read > 0;
    }
}
