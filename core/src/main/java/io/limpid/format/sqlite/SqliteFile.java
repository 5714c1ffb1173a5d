package io.limpid.format.sqlite;

import io.limpid.format.DamagedException;
import io.limpid.format.RecordSink;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The pages of an SQLite database, those of its write-ahead log or rollback journal before those of the file itself
 * ({@code fileformat2.html} of SQLite's documentation).
 */
final class SqliteFile {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    static final int HEAD_BYTES = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int RESERVED_AT = 20;
    private static final int CHANGES_AT = 24;
    private static final int PAGES_AT = 28;
    private static final int FREE_TRUNK_AT = 32;
    private static final int ENCODING_AT = 56;
    private static final int CHANGES_OF_PAGES_AT = 92;
    private static final int SMALLEST_PAGE = 512;
    private static final int BIGGEST_PAGE = 65536;
    private static final int LEAST_USABLE = 480;

    private final ByteBuffer content;
    private final ByteBuffer otherBytes;
    private final OtherPages others;
    private final int pageBytes;
    private final int usableBytes;
    private final long pages;
    private final Charset encoding;
    private final ByteBuffer head;
    private final Set<Integer> visited = new HashSet<>();

    private SqliteFile(byte[] content, OtherPages others, int pageBytes) throws DamagedException {
        this.content = ByteBuffer.wrap(content);
        this.otherBytes = others.bytes();
        this.others = others;
        this.pageBytes = pageBytes;
        Integer first = others.places().get(1);
        this.head = first == null ? this.content : this.otherBytes.slice(first, pageBytes);
        this.usableBytes = pageBytes - (head.get(RESERVED_AT) & 0xff);
        if (usableBytes < LEAST_USABLE) {
            throw new DamagedException("no SQLite page has " + usableBytes + " bytes of use");
        }
        this.encoding = switch (head.getInt(ENCODING_AT)) {
            case 2 -> StandardCharsets.UTF_16LE;
            case 3 -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
        this.pages = countPages();
    }

    /** Whether the bytes start as such a file does. */
    static boolean isOne(byte[] content) {
        return content.length >= HEAD_BYTES
                && ByteBuffer.wrap(content, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    static boolean isPageSize(int size) {
        return size >= SMALLEST_PAGE && size <= BIGGEST_PAGE && Integer.bitCount(size) == 1;
    }

    /**
     * Opens a database.
     *
     * @throws DamagedException when nothing of it can be read
     */
    static SqliteFile open(byte[] content, Beside beside, RecordSink sink) throws DamagedException {
        int written = Short.toUnsignedInt(ByteBuffer.wrap(content).getShort(PAGE_SIZE_AT));
        int size = written == 1 ? BIGGEST_PAGE : written;
        if (!isPageSize(size)) {
            throw new DamagedException("no SQLite database has pages of " + size + " bytes");
        }
        OtherPages others = others(beside, sink);
        if (!others.places().isEmpty() && others.pageBytes() != size) {
            sink.problem("the write-ahead log or rollback journal beside it has pages of another size and is not read:"
                    + " packages may be missing or no longer be there");
            others = OtherPages.NONE;
        }
        SqliteFile file = new SqliteFile(content, others, size);
        if (file.isCut()) {
            sink.problem("it is cut short: it has " + content.length + " bytes of " + file.pages + " pages of " + size
                    + " bytes, packages may be missing");
        }
        return file;
    }

    private static OtherPages others(Beside beside, RecordSink sink) {
        OtherPages log = WriteAheadLog.read(beside.log(), sink);
        OtherPages journal = RollbackJournal.read(beside.journal(), sink);
        if (log.places().isEmpty()) {
            return journal;
        }
        if (!journal.places().isEmpty()) {
            sink.problem("of its write-ahead log and its rollback journal only the log is read");
        }
        return log;
    }

    private long countPages() {
        if (others.databasePages() != 0) {
            return others.databasePages();
        }
        long said = Integer.toUnsignedLong(head.getInt(PAGES_AT));
        // Programs before SQLite 3.7 changed the file and not this number.
        boolean isValid = said != 0 && head.getInt(CHANGES_AT) == head.getInt(CHANGES_OF_PAGES_AT);
        return isValid ? said : content.capacity() / pageBytes;
    }

    private boolean isCut() {
        long inFile = content.capacity() / pageBytes;
        return others.places().isEmpty()
                ? pages > inFile || content.capacity() % pageBytes != 0
                : pages > inFile + others.places().size();
    }

    /** How many bytes a page has for content. */
    int usableBytes() {
        return usableBytes;
    }

    /** How text is written. */
    Charset encoding() {
        return encoding;
    }

    /** The first page of the list of free pages, 0 when there are none. */
    long freeTrunk() {
        return Integer.toUnsignedLong(head.getInt(FREE_TRUNK_AT));
    }

    /** The highest number that a page can have which is there. */
    int lastPage() {
        return (int) Math.min(
                pages, content.capacity() / pageBytes + (long) others.places().size());
    }

    /** How many bytes there are in all. */
    long bytes() {
        return (long) content.capacity() + otherBytes.capacity();
    }

    /**
     * The page with this number, the first of which is 1.
     *
     * @throws DamagedException when there is none
     */
    ByteBuffer page(long number) throws DamagedException {
        if (number <= 0 || number > pages || number > Integer.MAX_VALUE) {
            throw new DamagedException("there is no page " + number);
        }
        Integer other = others.places().get((int) number);
        if (other != null) {
            return otherBytes.slice(other, pageBytes);
        }
        long at = (number - 1) * pageBytes;
        if (at + pageBytes > content.capacity()) {
            throw new DamagedException("page " + number + " is behind the end of the file");
        }
        return content.slice((int) at, pageBytes);
    }

    /**
     * Takes note that a page is read as a part of something.
     *
     * @throws DamagedException when it is a part of something else, or of the same thing again
     */
    void visit(long number) throws DamagedException {
        if (!visited.add((int) number)) {
            throw new DamagedException("page " + number + " is led to twice");
        }
    }

    boolean isVisited(int number) {
        return visited.contains(number);
    }
}
