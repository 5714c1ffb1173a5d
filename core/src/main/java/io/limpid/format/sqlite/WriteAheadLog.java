package io.limpid.format.sqlite;

import io.limpid.format.RecordSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pages that a write-ahead log has for a database ({@code walformat.html} of SQLite's documentation).
 *
 * <p>A frame counts when its salts are those of the log's head, when its check sum continues that of all frames before it, and when a frame
 * that ends a transaction follows. Frames of an earlier run through the log lie behind the last one and have other salts.
 */
final class WriteAheadLog {
    private static final int MAGIC = 0x377f0682;
    private static final int VERSION = 3_007_000;
    private static final int HEAD_BYTES = 32;
    private static final int FRAME_HEAD_BYTES = 24;
    private static final int HEAD_SUM_BYTES = 24;
    private static final int FRAME_SUM_BYTES = 8;
    private static final int SALT_AT = 16;
    private static final int SUM_AT = 24;
    private static final int FRAME_SALT_AT = 8;
    private static final int FRAME_SUM_AT = 16;
    private static final int DATABASE_PAGES_AT = 4;

    private WriteAheadLog() {}

    /** Reads a log; what of it is damaged is a problem. */
    static OtherPages read(ByteBuffer log, RecordSink sink) {
        if (log.capacity() == 0) {
            return OtherPages.NONE;
        }
        if (log.capacity() < HEAD_BYTES
                || (log.getInt(0) & ~1) != MAGIC
                || log.getInt(4) != VERSION
                || !SqliteFile.isPageSize(log.getInt(8))) {
            sink.problem("the write-ahead log beside it is none, or damaged: packages that only it has are missing");
            return OtherPages.NONE;
        }
        CheckSum sum = new CheckSum((log.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        sum.add(log.slice(0, HEAD_SUM_BYTES));
        if (!sum.isAt(log, SUM_AT)) {
            sink.problem(
                    "the check sum of the write-ahead log beside it is wrong: packages that only it has are missing");
            return OtherPages.NONE;
        }
        return frames(log, sum, log.getInt(8), sink);
    }

    private static OtherPages frames(ByteBuffer log, CheckSum sum, int pageBytes, RecordSink sink) {
        Map<Integer, Integer> committed = new HashMap<>();
        List<Integer> open = new ArrayList<>();
        long databasePages = 0;
        long frameBytes = (long) FRAME_HEAD_BYTES + pageBytes;
        long salts = log.getLong(SALT_AT);
        int number = 1;
        for (long at = HEAD_BYTES; at < log.capacity(); at += frameBytes, number++) {
            int frame = (int) at;
            if (at + FRAME_HEAD_BYTES <= log.capacity() && log.getLong(frame + FRAME_SALT_AT) != salts) {
                break;
            }
            if (at + frameBytes > log.capacity() || !isNext(log, frame, pageBytes, sum)) {
                sink.problem(
                        "frame " + number + " of the write-ahead log beside it is damaged: what it and those behind it"
                                + " change is not known, packages may be missing or no longer be there");
                break;
            }
            open.add(frame);
            long pages = Integer.toUnsignedLong(log.getInt(frame + DATABASE_PAGES_AT));
            if (pages != 0) {
                open.forEach(one -> committed.put(log.getInt(one), one + FRAME_HEAD_BYTES));
                // A new one: to clear one that was long once takes long each time.
                open = new ArrayList<>();
                databasePages = pages;
            }
        }
        return new OtherPages(log, pageBytes, committed, databasePages);
    }

    private static boolean isNext(ByteBuffer log, int frame, int pageBytes, CheckSum sum) {
        sum.add(log.slice(frame, FRAME_SUM_BYTES));
        sum.add(log.slice(frame + FRAME_HEAD_BYTES, pageBytes));
        return sum.isAt(log, frame + FRAME_SUM_AT) && log.getInt(frame) != 0;
    }

    /** The sum over pairs of words that goes on from frame to frame. */
    private static final class CheckSum {
        private final ByteOrder order;
        private int first;
        private int second;

        CheckSum(ByteOrder order) {
            this.order = order;
        }

        void add(ByteBuffer bytes) {
            ByteBuffer words = bytes.order(order);
            for (int at = 0; at < words.capacity(); at += 2 * Integer.BYTES) {
                first += words.getInt(at) + second;
                second += words.getInt(at + Integer.BYTES) + first;
            }
        }

        boolean isAt(ByteBuffer log, int at) {
            return log.getInt(at) == first && log.getInt(at + Integer.BYTES) == second;
        }
    }
}
