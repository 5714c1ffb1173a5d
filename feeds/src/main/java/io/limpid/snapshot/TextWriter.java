package io.limpid.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Writes texts into blocks of their own, deflated, each text once however many advisories have it.
 *
 * <p>What a text contains tells whether it was there before. The memory for that is bounded: a text that comes again after very many others is
 * written again.
 */
final class TextWriter implements AutoCloseable {
    static final int BLOCK_BYTES = 1 << 15;
    private static final int SLOTS = 1 << 17;
    private static final int SLOT_LONGS = 3;
    /** A text's number is that of its block, then that of its entry there plus one. */
    static final int ENTRY_BITS = 16;

    private final BlockOutput out;
    private final TableWriter places;
    private final BlockWriter block = new BlockWriter();
    private final RowWriter alone = new RowWriter();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final MessageDigest digest;
    /** For each slot: half a SHA-256, and the number of the text that has it. */
    private final long[] known = new long[SLOTS * SLOT_LONGS];

    private long blocks;
    private AdvisoryText last = AdvisoryText.NONE;
    private long lastNumber;

    /**
     * @param places the table that says where each block of texts is
     */
    TextWriter(BlockOutput out, TableWriter places) {
        this.out = out;
        this.places = places;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The key under which the place of a block of texts is filed: its number, so that the order of texts is that of numbers. */
    static Key key(long block) {
        // One digit more than any number has, so that all have as many.
        return new Key(Long.toHexString(1L << 60 | block), "", "");
    }

    /** The number of a text, which is there from now on; 0 for none. */
    long number(AdvisoryText text) throws IOException {
        if (text.isEmpty()) {
            return 0;
        }
        // What one bulletin says of many packages comes in a row.
        if (!text.equals(last)) {
            lastNumber = numberOf(text);
            last = text;
        }
        return lastNumber;
    }

    private long numberOf(AdvisoryText text) throws IOException {
        alone.begin(key(0));
        text.writeTo(alone);
        digest.update(alone.bytes(), 0, alone.size());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long first = hash.getLong();
        long second = hash.getLong();
        int slot = (int) (first & (SLOTS - 1)) * SLOT_LONGS;
        if (known[slot] == first && known[slot + 1] == second && known[slot + 2] != 0) {
            return known[slot + 2];
        }
        if (!block.hasRoom(BLOCK_BYTES, 1)) {
            close(block);
        }
        block.entry();
        text.writeTo(block);
        long number = blocks << ENTRY_BITS | block.entries();
        known[slot] = first;
        known[slot + 1] = second;
        known[slot + 2] = number;
        return number;
    }

    private void close(BlockWriter full) throws IOException {
        byte[] plain = full.finish();
        byte[] packed = new byte[Integer.BYTES + plain.length + (plain.length >> 3) + 64];
        ByteBuffer.wrap(packed).putInt(plain.length);
        deflater.reset();
        deflater.setInput(plain);
        deflater.finish();
        int length = Integer.BYTES + deflater.deflate(packed, Integer.BYTES, packed.length - Integer.BYTES);
        if (!deflater.finished()) {
            throw new IllegalStateException("deflated bytes that are much longer than plain ones");
        }
        BlockPlace place = out.block(Arrays.copyOf(packed, length));
        places.add(key(blocks++), place::writeTo);
    }

    /** Writes what is left. */
    Table finish() throws IOException {
        if (block.entries() > 0) {
            close(block);
        }
        return places.finish();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
