package io.limpid.format.compress;

import io.limpid.format.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The plain bytes of bzip2 streams, one after the other.
 *
 * <p>What a block says of itself, its checksum and that of its stream are compared. Blocks that are "randomised", which no bzip2 has made since
 * version 0.9.5 of 1999, are refused. What follows the last stream and is no stream is an error too.
 *
 * <p>Follows the description in J. Tsai, "BZIP2 Format Specification" (2016).
 */
final class BunzipInputStream extends BlockInputStream {
    private static final int MAGIC = 'B' << 16 | 'Z' << 8 | 'h';
    private static final long BLOCK = 0x314159265359L;
    private static final long END = 0x177245385090L;
    private static final int BLOCK_BYTES = 100_000;
    /** So many equal bytes are followed by how many more there are. */
    private static final int RUN = 4;

    private static final int MOST_REPEATED = 255;
    private static final int OUTPUT = 1 << 16;

    private final BzipBits bits;
    private final byte[] output = new byte[OUTPUT];
    private int given;
    private int filled;

    private final BzipBlock block = new BzipBlock();
    /** Bytes that a block of the stream may have, 0 between streams. */
    private int most;

    private boolean ended;
    private int streamCrc;
    private int blockCrc;
    /** How many bytes of the block are not put out yet. */
    private int left;
    /** The piece of the block where the next one is, that one's place and the piece's end. */
    private int piece;

    private int at;
    private int end;
    /** The byte before, and how many like it there were in a row. */
    private int last;

    private int run;

    BunzipInputStream(InputStream in) throws IOException {
        bits = new BzipBits(in);
        next();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (given == filled) {
            if (ended) {
                return -1;
            }
            fill();
        }
        int count = Math.min(length, filled - given);
        System.arraycopy(output, given, target, offset, count);
        given += count;
        return count;
    }

    /** What is damaged behind bytes that can be put out is told only when more is asked for: who has enough never looks there. */
    private void fill() throws IOException {
        given = 0;
        filled = 0;
        if (left == 0) {
            endBlock();
            next();
        }
        if (!ended) {
            filled = expand();
            blockCrc = BzipCrc.update(blockCrc, output, filled);
        }
    }

    private void endBlock() throws IOException {
        if (~blockCrc != block.crc()) {
            throw new IOException("damaged bzip2 data: a block has another checksum than it says");
        }
        if (run == RUN) {
            throw new IOException("damaged bzip2 data: a block ends before it says how long a run is");
        }
    }

    /** Puts out what there is room for; gives how many bytes that is. */
    private int expand() {
        int to = 0;
        while (left > 0 && to < OUTPUT - MOST_REPEATED) {
            if (at == end) {
                piece = block.text().next(piece);
                enter();
            }
            to = expand(block.text().bytes(), to);
        }
        return to;
    }

    /** Puts out what there is room for of a piece of the block; gives how many bytes there are then. */
    private int expand(byte[] bytes, int already) {
        int from = at;
        int until = Math.min(end, from + left);
        int equal = run;
        int before = last;
        int to = already;
        while (from < until && to < OUTPUT - MOST_REPEATED) {
            int now = bytes[from++];
            if (equal == RUN) {
                int repeated = now & 0xff;
                Arrays.fill(output, to, to + repeated, (byte) before);
                to += repeated;
                equal = 0;
            } else {
                output[to++] = (byte) now;
                equal = now == before ? equal + 1 : 1;
                before = now;
            }
        }
        left -= from - at;
        at = from;
        run = equal;
        last = before;
        return to;
    }

    private void enter() {
        at = block.text().from(piece);
        end = at + block.text().length(piece);
    }

    /** Goes to the next block, of this stream or the one after it, or to the end. */
    private void next() throws IOException {
        while (left == 0 && !ended) {
            if (most == 0) {
                begin();
            }
            long magic = bits.take(24) << 24 | bits.take(24);
            if (magic == BLOCK) {
                block.read(bits, most);
                left = block.length();
                piece = block.text().first();
                enter();
                blockCrc = -1;
                run = 0;
                streamCrc = (streamCrc << 1 | streamCrc >>> (Integer.SIZE - 1)) ^ block.crc();
            } else if (magic == END) {
                end();
            } else {
                throw new IOException("damaged bzip2 data: no block begins where one should");
            }
        }
    }

    private void begin() throws IOException {
        long magic = bits.take(24);
        int level = (int) bits.take(8) - '0';
        if (magic != MAGIC || level < 1 || level > 9) {
            throw new IOException("damaged bzip2 data: no stream begins where one should");
        }
        most = level * BLOCK_BYTES;
        streamCrc = 0;
    }

    private void end() throws IOException {
        if ((int) bits.take(32) != streamCrc) {
            throw new IOException("damaged bzip2 data: a stream has another checksum than it says");
        }
        bits.toByte();
        most = 0;
        ended = bits.atEnd();
    }

    @Override
    public void close() throws IOException {
        bits.close();
    }
}
