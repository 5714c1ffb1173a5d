package io.limpid.format.sqlite;

import io.limpid.format.DamagedException;
import io.limpid.format.RecordSink;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The pages that a rollback journal has for a database: what they were before a transaction that nobody ended
 * ({@code fileformat2.html#the_rollback_journal} of SQLite's documentation).
 *
 * <p>Whoever opens the database next puts them back; one that is empty or starts with a zero byte is over and means nothing. It is in
 * segments, each a head that fills a sector and as many pages as the head says. A page behind those was not yet changed in the database.
 */
final class RollbackJournal {
    private static final long MAGIC = 0xd9d505f920a163d7L;
    private static final int COUNT_AT = 8;
    private static final int NONCE_AT = 12;
    private static final int DATABASE_PAGES_AT = 16;
    private static final int SECTOR_AT = 20;
    private static final int PAGE_SIZE_AT = 24;
    private static final int HEAD_BYTES = 28;
    private static final int SMALLEST_SECTOR = 32;
    private static final int BIGGEST_SECTOR = 65536;
    private static final int ALL = -1;
    private static final int SUMMED_EACH = 200;
    private static final int NUMBER_BYTES = 4;

    private final ByteBuffer journal;
    private final int sectorBytes;
    private final int pageBytes;
    private final long databasePages;
    private final Map<Integer, Integer> places = new HashMap<>();

    private RollbackJournal(ByteBuffer journal) {
        this.journal = journal;
        this.sectorBytes = journal.getInt(SECTOR_AT);
        this.pageBytes = journal.getInt(PAGE_SIZE_AT);
        this.databasePages = Integer.toUnsignedLong(journal.getInt(DATABASE_PAGES_AT));
    }

    /** Reads a journal; that it is one, and what of it is damaged, are problems. */
    static OtherPages read(ByteBuffer bytes, RecordSink sink) {
        if (bytes.capacity() == 0 || bytes.get(0) == 0) {
            return OtherPages.NONE;
        }
        if (bytes.capacity() < HEAD_BYTES || bytes.getLong(0) != MAGIC || !isPossible(bytes)) {
            sink.problem(
                    "the rollback journal beside it is none, or damaged: if it was being written to, what is listed"
                            + " may be half of a change");
            return OtherPages.NONE;
        }
        RollbackJournal journal = new RollbackJournal(bytes);
        sink.problem(
                "it was left in the midst of a change (it has a rollback journal): what is listed was there before,"
                        + " and a package that was being installed or removed may be wrong");
        try {
            journal.segments();
        } catch (DamagedException e) {
            sink.problem(
                    "the rollback journal beside it " + e.what() + ": packages may be missing or no longer be there");
        }
        return new OtherPages(bytes, journal.pageBytes, journal.places, journal.databasePages);
    }

    private static boolean isPossible(ByteBuffer bytes) {
        int sector = bytes.getInt(SECTOR_AT);
        return SqliteFile.isPageSize(bytes.getInt(PAGE_SIZE_AT))
                && sector >= SMALLEST_SECTOR
                && sector <= BIGGEST_SECTOR
                && Integer.bitCount(sector) == 1;
    }

    private void segments() throws DamagedException {
        long at = 0;
        while (at + HEAD_BYTES <= journal.capacity() && journal.getLong((int) at) == MAGIC) {
            at = segment((int) at);
            at = (at + sectorBytes - 1) / sectorBytes * sectorBytes;
        }
    }

    /** Reads one segment; gives where it ends. */
    private long segment(int head) throws DamagedException {
        int count = journal.getInt(head + COUNT_AT);
        int nonce = journal.getInt(head + NONCE_AT);
        long at = (long) head + sectorBytes;
        long recordBytes = pageBytes + 2L * NUMBER_BYTES;
        // Without a count they go on to the end, the last of which may have been on its way.
        for (long i = 0; count == ALL || i < Integer.toUnsignedLong(count); i++, at += recordBytes) {
            if (at + recordBytes > journal.capacity() || !isSound((int) at, nonce)) {
                if (count == ALL) {
                    return journal.capacity();
                }
                throw new DamagedException("is damaged in page " + (i + 1) + " of " + Integer.toUnsignedString(count));
            }
            long number = Integer.toUnsignedLong(journal.getInt((int) at));
            if (number <= databasePages) {
                places.put((int) number, (int) at + NUMBER_BYTES);
            }
        }
        return at;
    }

    private boolean isSound(int at, int nonce) {
        int sum = nonce;
        for (int i = pageBytes - SUMMED_EACH; i > 0; i -= SUMMED_EACH) {
            sum += journal.get(at + NUMBER_BYTES + i) & 0xff;
        }
        return journal.getInt(at) != 0 && sum == journal.getInt(at + NUMBER_BYTES + pageBytes);
    }
}
