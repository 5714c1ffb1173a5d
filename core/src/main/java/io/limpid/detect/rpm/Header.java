package io.limpid.detect.rpm;

import io.limpid.format.DamagedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A package as rpm stores it: an index of tags, and their data. All numbers are big-endian.
 *
 * <p>Since rpm 4 most of the index is a region that was signed when the package was built; its first entry leads to a trailer that says how
 * many entries it has. What rpm wrote when it installed the package follows the region, and replaces tags of it.
 */
final class Header {
    private static final long MAGIC = 0x8eade80100000000L;
    private static final int SIZES_BYTES = 8;
    private static final int MOST_ENTRIES = 0xffff;
    private static final int MOST_DATA = 256 << 20;
    private static final int FIRST_REGION = 61;
    private static final int LAST_REGION = 63;

    private final ByteBuffer data;
    private final Map<Tag, HeaderEntry> entries = new EnumMap<>(Tag.class);
    private final Set<Tag> doubtful = EnumSet.noneOf(Tag.class);
    private @Nullable String damage;

    private Header(ByteBuffer data) {
        this.data = data;
    }

    /**
     * Reads the index.
     *
     * @param stored the header; of one that is not whole its beginning
     * @param isWhole whether bytes that are missing at the end are a damage of the header itself
     * @throws DamagedException when the index cannot be read
     */
    static Header read(ByteBuffer stored, boolean isWhole) throws DamagedException {
        ByteBuffer bytes = stored.slice();
        if (bytes.capacity() >= Long.BYTES && bytes.getLong(0) == MAGIC) {
            bytes = bytes.slice(Long.BYTES, bytes.capacity() - Long.BYTES);
        }
        if (bytes.capacity() < SIZES_BYTES) {
            throw new DamagedException("it has no header");
        }
        long count = Integer.toUnsignedLong(bytes.getInt(0));
        long dataBytes = Integer.toUnsignedLong(bytes.getInt(4));
        long dataAt = SIZES_BYTES + count * HeaderEntry.BYTES;
        if (count == 0 || count > MOST_ENTRIES || dataBytes > MOST_DATA || dataAt > bytes.capacity()) {
            throw new DamagedException(
                    "its header cannot have " + count + " entries and " + dataBytes + " bytes of data");
        }
        long there = Math.min(dataBytes, bytes.capacity() - dataAt);
        Header header = new Header(bytes.slice((int) dataAt, (int) there));
        if (isWhole && dataAt + dataBytes != bytes.capacity()) {
            header.damage("its header has " + bytes.capacity() + " bytes and not " + (dataAt + dataBytes));
        }
        header.index(bytes, (int) count, dataBytes);
        return header;
    }

    private void index(ByteBuffer bytes, int count, long dataBytes) {
        HeaderEntry first = HeaderEntry.at(bytes, SIZES_BYTES);
        boolean hasRegion = first.tag() >= FIRST_REGION && first.tag() <= LAST_REGION;
        int regionEnd = hasRegion ? regionEnd(first, count) : count;
        part(bytes, hasRegion ? 1 : 0, regionEnd, dataBytes);
        Map<Tag, HeaderEntry> ofRegion = new EnumMap<>(entries);
        Set<Tag> doubtfulOfRegion = EnumSet.copyOf(doubtful);
        entries.clear();
        doubtful.clear();
        part(bytes, regionEnd, count, dataBytes);
        doubtfulOfRegion.removeAll(entries.keySet());
        ofRegion.forEach(entries::putIfAbsent);
        doubtful.addAll(doubtfulOfRegion);
    }

    /** How many entries belong to the region, its own included. */
    private int regionEnd(HeaderEntry region, int count) {
        if (region.offset() == 0 && region.count() == HeaderEntry.BYTES) {
            // As rpm 3 wrote it: all of them, without a trailer.
            return count;
        }
        if (region.type() == HeaderEntry.BIN
                && region.count() == HeaderEntry.BYTES
                && region.offset() > 0
                && region.offset() <= data.capacity() - HeaderEntry.BYTES) {
            HeaderEntry trailer = HeaderEntry.at(data, region.offset());
            int entriesOfRegion = -trailer.offset() / HeaderEntry.BYTES;
            if (trailer.type() == HeaderEntry.BIN && entriesOfRegion > 0 && entriesOfRegion <= count) {
                return entriesOfRegion;
            }
        }
        damage("its region has no trailer");
        return count;
    }

    private void part(ByteBuffer bytes, int from, int to, long dataBytes) {
        for (int i = from; i < to; i++) {
            HeaderEntry entry = HeaderEntry.at(bytes, SIZES_BYTES + i * HeaderEntry.BYTES);
            Tag tag = Tag.of(entry.tag());
            String wrong = entry.wrong(dataBytes);
            if (wrong != null) {
                damage(wrong);
            }
            if (tag != null) {
                HeaderEntry before = entries.putIfAbsent(tag, entry);
                if (wrong != null || (before != null && !before.equals(entry))) {
                    doubtful.add(tag);
                }
            }
        }
    }

    private void damage(String what) {
        damage = damage == null ? what : damage;
    }

    /** What is wrong with it, null when nothing is. */
    @Nullable
    String damage() {
        return damage;
    }

    /**
     * The text of a tag, of several the first; null when there is none.
     *
     * @param most how many bytes it may have
     * @throws DamagedException when it cannot be read
     */
    @Nullable
    String text(Tag tag, int most) throws DamagedException {
        HeaderEntry entry = readable(tag);
        if (entry == null) {
            return null;
        }
        if (!entry.isText()) {
            throw new DamagedException("its " + tag + " is no text");
        }
        int end = entry.offset();
        while (end < data.capacity() && data.get(end) != 0) {
            end++;
            if (end - entry.offset() > most) {
                throw new DamagedException("its " + tag + " is longer than " + most + " bytes");
            }
        }
        if (end >= data.capacity()) {
            throw new DamagedException("its " + tag + " has no end");
        }
        byte[] text = new byte[end - entry.offset()];
        data.get(entry.offset(), text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /**
     * The number of a tag, 32 bits without a sign; null when there is none.
     *
     * @throws DamagedException when it cannot be read
     */
    @Nullable
    Long number(Tag tag) throws DamagedException {
        HeaderEntry entry = readable(tag);
        if (entry == null) {
            return null;
        }
        if (entry.type() != HeaderEntry.INT32 || entry.offset() > data.capacity() - Integer.BYTES) {
            throw new DamagedException("its " + tag + " is no number");
        }
        return Integer.toUnsignedLong(data.getInt(entry.offset()));
    }

    private @Nullable HeaderEntry readable(Tag tag) throws DamagedException {
        if (doubtful.contains(tag)) {
            throw new DamagedException("its " + tag + " cannot be told: " + (damage == null ? "it has two" : damage));
        }
        return entries.get(tag);
    }
}
