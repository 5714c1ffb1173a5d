package io.limpid.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Finds texts by their numbers. */
final class TextReader {
    private static final int KEPT_BLOCKS = 16;

    private final BlockFile file;
    private final Table places;
    private final int largest;
    private final Map<Long, BlockReader> kept = new LinkedHashMap<>(32, 0.75f, true);

    /**
     * @param largest bytes that an inflated block may have
     */
    TextReader(BlockFile file, Table places, int largest) {
        this.file = file;
        this.places = places;
        this.largest = largest;
    }

    /** The text with this number. */
    AdvisoryText text(long number) throws IOException {
        if (number == 0) {
            return AdvisoryText.NONE;
        }
        BlockReader block = block(number >>> TextWriter.ENTRY_BITS);
        int entry = (int) (number & ((1 << TextWriter.ENTRY_BITS) - 1)) - 1;
        if (entry < 0 || entry >= block.entries()) {
            throw new DamagedException("text " + entry + " of a block of " + block.entries());
        }
        block.seek(entry);
        return AdvisoryText.read(block);
    }

    private BlockReader block(long number) throws IOException {
        BlockReader known = kept.get(number);
        if (known != null) {
            return known;
        }
        Key key = TextWriter.key(number);
        TableCursor cursor = new TableCursor(file, places);
        cursor.seek(key);
        BlockReader entry = cursor.next();
        BlockPlace place = entry == null ? null : place(entry, key);
        if (place == null) {
            throw new DamagedException("no block of texts of number " + number);
        }
        BlockReader block = inflated(file.bytes(place), largest);
        kept.put(number, block);
        if (kept.size() > KEPT_BLOCKS) {
            var eldest = kept.entrySet().iterator();
            eldest.next();
            eldest.remove();
        }
        return block;
    }

    private static @Nullable BlockPlace place(BlockReader entry, Key key) throws IOException {
        if (!entry.key().equals(key)) {
            return null;
        }
        BlockPlace place = BlockPlace.read(entry);
        entry.end();
        return place;
    }

    static BlockReader inflated(byte[] packed, int largest) throws IOException {
        if (packed.length < Integer.BYTES) {
            throw new DamagedException("a block of texts of " + packed.length + " bytes");
        }
        int length = ByteBuffer.wrap(packed).getInt();
        if (length < 0 || length > largest) {
            throw new DamagedException("a block of texts of " + length + " bytes, of at most " + largest);
        }
        byte[] plain = new byte[length];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed, Integer.BYTES, packed.length - Integer.BYTES);
            int inflated = 0;
            while (inflated < length) {
                int more = inflater.inflate(plain, inflated, length - inflated);
                if (more == 0) {
                    break;
                }
                inflated += more;
            }
            // Exactly so many: the end of the stream comes with them or right after them.
            if (inflated != length || inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
                throw new DamagedException("texts of " + inflated + " bytes where " + length + " are said to be");
            }
            if (inflater.getRemaining() != 0) {
                throw new DamagedException("bytes after the texts of a block");
            }
        } catch (DataFormatException e) {
            throw new DamagedException("texts that do not inflate: " + e.getMessage());
        } finally {
            inflater.end();
        }
        return new BlockReader(plain);
    }
}
