package io.limpid.format.ndb;

import io.limpid.format.DamagedException;
import io.limpid.format.RecordBudget;
import io.limpid.format.RecordSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * One reading of an NDB file ({@code Packages.db}): pages of slots at its beginning, each with the number of a package and the place of its blob.
 *
 * <p>All numbers are little-endian. A blob starts and ends with a mark, and its end has a check sum of all before it.
 */
public final class NdbFile {
    private static final int MAGIC = 'R' | 'p' << 8 | 'm' << 16 | 'P' << 24;
    private static final int SLOT_MAGIC = 'S' | 'l' << 8 | 'o' << 16 | 't' << 24;
    private static final int BLOB_START = 'B' | 'l' << 8 | 'b' << 16 | 'S' << 24;
    private static final int BLOB_END = 'B' | 'l' << 8 | 'b' << 16 | 'E' << 24;
    private static final int VERSION = 0;

    private static final int HEADER_BYTES = 32;
    private static final int VERSION_AT = 4;
    private static final int SLOT_PAGES_AT = 12;
    private static final int PAGE_BYTES = 4096;
    private static final int SLOT_BYTES = 16;
    /** Places and sizes of blobs are in units of so many bytes. */
    private static final int BLOCK_BYTES = 16;

    private static final int HEAD_BYTES = 16;
    private static final int TAIL_BYTES = 12;
    /** What the blob of a slot counts for at least: none of a package is smaller. */
    private static final int LEAST_BLOB = 64;

    private final ByteBuffer content;
    private final RecordSink sink;
    private final RecordBudget budget;
    private final Set<Integer> seen = new HashSet<>();

    private NdbFile(byte[] content, RecordSink sink) {
        this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        this.sink = sink;
        this.budget = new RecordBudget(content.length);
    }

    /** Whether the bytes start as such a file does. */
    public static boolean isOne(byte[] content) {
        return content.length >= HEADER_BYTES
                && ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(0) == MAGIC;
    }

    /** Gives every record to the sink. */
    public static void read(byte[] content, RecordSink sink) {
        new NdbFile(content, sink).read();
    }

    private void read() {
        int version = content.getInt(VERSION_AT);
        if (version != VERSION) {
            sink.problem("it is an NDB file of version " + Integer.toUnsignedString(version)
                    + ", of which nothing is known: none of its packages are read");
            return;
        }
        long wanted = Integer.toUnsignedLong(content.getInt(SLOT_PAGES_AT)) * PAGE_BYTES;
        long end = Math.min(wanted, content.capacity());
        if (wanted == 0 || wanted > content.capacity()) {
            sink.problem("it is said to have " + wanted + " bytes of slots and has " + content.capacity()
                    + " bytes in all: packages may be missing");
        }
        for (int at = HEADER_BYTES; at + SLOT_BYTES <= end; at += SLOT_BYTES) {
            if (!slot(at)) {
                return;
            }
        }
    }

    /** Reads one slot and what it leads to; false when nothing more can be read. */
    private boolean slot(int at) {
        if (content.getInt(at) != SLOT_MAGIC) {
            sink.problem("the slot at byte " + at + " has no mark: a package may be missing");
            return true;
        }
        int number = content.getInt(at + 4);
        if (number == 0) {
            return true;
        }
        String name = "package " + Integer.toUnsignedString(number);
        if (!isAffordable(at, name)) {
            return false;
        }
        long start = Integer.toUnsignedLong(content.getInt(at + 8)) * BLOCK_BYTES;
        long length = Integer.toUnsignedLong(content.getInt(at + 12)) * BLOCK_BYTES;
        if (!seen.add(number)) {
            sink.problem(name + " has two slots: the second is not read");
            return true;
        }
        if (start >= content.capacity()) {
            sink.problem(name + " is missing: it would lie beyond the end of the file");
            return true;
        }
        long there = Math.min(length, content.capacity() - start);
        blob(name, number, (int) start, (int) there, there < length);
        return true;
    }

    /** Takes what the blob of a slot counts for; when that is too much it says so. */
    private boolean isAffordable(int slot, String name) {
        long start = Integer.toUnsignedLong(content.getInt(slot + 8)) * BLOCK_BYTES;
        long length = Integer.toUnsignedLong(content.getInt(slot + 12)) * BLOCK_BYTES;
        try {
            budget.step();
            budget.take(Math.max(LEAST_BLOB, Math.min(length, content.capacity() - start)));
            return true;
        } catch (DamagedException e) {
            sink.problem("from " + name + " on packages are missing: " + e.what());
            return false;
        }
    }

    private void blob(String name, int number, int start, int length, boolean isCut) {
        if (length < HEAD_BYTES + TAIL_BYTES
                || content.getInt(start) != BLOB_START
                || content.getInt(start + 4) != number) {
            sink.problem(name + " is missing: there is no such package where its slot leads");
            return;
        }
        long size = Integer.toUnsignedLong(content.getInt(start + 12));
        int room = length - HEAD_BYTES - (isCut ? 0 : TAIL_BYTES);
        if (size > room) {
            String damage =
                    isCut ? "the file ends in the middle of it" : "it has more bytes than its place has room for";
            sink.damaged(name, content.slice(start + HEAD_BYTES, room), damage);
            return;
        }
        ByteBuffer bytes = content.slice(start + HEAD_BYTES, (int) size);
        String damage = isCut ? "the file ends in the middle of it" : wrongTail(start, length, size);
        if (damage == null) {
            sink.whole(name, bytes);
        } else {
            sink.damaged(name, bytes, damage);
        }
    }

    private @Nullable String wrongTail(int start, int length, long size) {
        int tail = start + length - TAIL_BYTES;
        if (content.getInt(tail + 8) != BLOB_END || Integer.toUnsignedLong(content.getInt(tail + 4)) != size) {
            return "it does not end where it must";
        }
        Adler32 sum = new Adler32();
        sum.update(content.slice(start, length - TAIL_BYTES));
        return (int) sum.getValue() == content.getInt(tail) ? null : "its check sum is wrong";
    }
}
