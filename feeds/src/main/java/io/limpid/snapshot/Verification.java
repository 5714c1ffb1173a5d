package io.limpid.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a whole snapshot file and compares all in it that can be compared. */
final class Verification {
    private final BlockFile file;
    private final SnapshotFormat format;
    private final int largestBlock;
    private final List<BlockPlace> visited = new ArrayList<>();
    private long visitedBytes;
    private @Nullable DamagedException tooMuch;

    /**
     * @param largestBlock bytes that an inflated block of texts may have
     */
    Verification(BlockFile file, SnapshotFormat format, int largestBlock) {
        this.file = file;
        this.format = format;
        this.largestBlock = largestBlock;
    }

    void run() throws IOException {
        byte[] magic = file.read(0, SnapshotFormat.MAGIC.length);
        if (!Arrays.equals(magic, SnapshotFormat.MAGIC)) {
            throw new DamagedException("it does not begin as an advisory snapshot does");
        }
        if (!SnapshotFormat.isIntact(file)) {
            throw new DamagedException("the checksum of the whole file is not that of what was written");
        }
        long textsEnd = texts();
        advisories(textsEnd);
        details(textsEnd);
        products();
        names();
        visit(SnapshotFormat.headerPlace(file));
        tiles();
    }

    /** Reads all texts; gives a number greater than theirs. */
    private long texts() throws IOException {
        TableCursor cursor = cursor(format.texts());
        long blocks = 0;
        for (BlockReader entry = next(cursor); entry != null; entry = next(cursor)) {
            if (!entry.key().equals(TextWriter.key(blocks))) {
                throw new DamagedException("a block of texts that is not the next one");
            }
            blocks++;
            BlockPlace place = BlockPlace.read(entry);
            entry.end();
            visit(place);
            BlockReader block = TextReader.inflated(file.bytes(place), largestBlock);
            for (int i = 0; i < block.entries(); i++) {
                block.seek(i);
                AdvisoryText.read(block);
            }
        }
        counted("blocks of texts", format.texts(), blocks);
        return blocks << TextWriter.ENTRY_BITS;
    }

    private void advisories(long textsEnd) throws IOException {
        TableCursor cursor = cursor(format.advisories());
        List<SnapshotHeader.Namespace> counted = new ArrayList<>();
        Key last = new Key("", "", "");
        long inNamespace = 0;
        long all = 0;
        for (BlockReader entry = next(cursor); entry != null; entry = next(cursor)) {
            Key key = entry.key();
            inOrder(last, key);
            if (!key.first().equals(last.first()) && inNamespace > 0) {
                counted.add(new SnapshotHeader.Namespace(last.first(), inNamespace));
                inNamespace = 0;
            }
            last = key;
            inNamespace++;
            all++;
            isThere(AdvisoryRecord.read(key, entry).text(), textsEnd, key);
        }
        if (inNamespace > 0) {
            counted.add(new SnapshotHeader.Namespace(last.first(), inNamespace));
        }
        counted("advisories", format.advisories(), all);
        if (!counted.equals(format.header().namespaces())) {
            throw new DamagedException("it says " + format.header().namespaces() + " and has " + counted);
        }
    }

    private void details(long textsEnd) throws IOException {
        TableCursor cursor = cursor(format.details());
        Key last = new Key("", "", "");
        long all = 0;
        for (BlockReader entry = next(cursor); entry != null; entry = next(cursor)) {
            Key key = entry.key();
            inOrder(last, key);
            isThere(DetailsRecord.read(key, entry).text(), textsEnd, key);
            last = key;
            all++;
        }
        counted("details", format.details(), all);
    }

    private static void isThere(long text, long textsEnd, Key key) throws DamagedException {
        if (text != 0 && text >= textsEnd) {
            throw new DamagedException("a record whose text is in no block: " + key);
        }
    }

    private void products() throws IOException {
        TableCursor cursor = cursor(format.products());
        Key last = new Key("", "", "");
        long all = 0;
        for (BlockReader entry = next(cursor); entry != null; entry = next(cursor)) {
            Key key = entry.key();
            inOrder(last, key);
            ProductsRecord.read(key, entry);
            last = key;
            all++;
        }
        counted("repositories", format.products(), all);
    }

    private void names() throws IOException {
        TableCursor cursor = cursor(format.names());
        Key last = new Key("", "", "");
        long all = 0;
        for (BlockReader entry = next(cursor); entry != null; entry = next(cursor)) {
            Key key = entry.key();
            entry.end();
            inOrder(last, key);
            last = key;
            all++;
        }
        counted("names", format.names(), all);
    }

    private static void inOrder(Key last, Key key) throws DamagedException {
        if (last.compareTo(key) > 0) {
            throw new DamagedException(key + " after " + last);
        }
    }

    private static void counted(String what, Table table, long found) throws DamagedException {
        if (table.entries() != found) {
            throw new DamagedException("it says that it has " + table.entries() + " " + what + " and has " + found);
        }
    }

    private TableCursor cursor(Table table) {
        return new TableCursor(file, table, this::visit);
    }

    private @Nullable BlockReader next(TableCursor cursor) throws IOException {
        BlockReader entry = cursor.next();
        if (tooMuch != null) {
            throw tooMuch;
        }
        return entry;
    }

    /** A block is part of one table, once; so all of them have no more bytes than the file. */
    private void visit(BlockPlace place) {
        visited.add(place);
        visitedBytes += Math.max(1, place.length());
        if (visitedBytes > file.size()) {
            tooMuch = new DamagedException("its blocks have more bytes than it has");
        }
    }

    /** Whether the blocks fill the file without a gap: then a checksum watches over every byte. */
    private void tiles() throws DamagedException {
        visited.sort(Comparator.comparingLong(BlockPlace::offset));
        long end = SnapshotFormat.MAGIC.length;
        for (BlockPlace place : visited) {
            if (place.offset() != end) {
                throw new DamagedException(
                        "bytes between " + end + " and " + place.offset() + " that belong to nothing");
            }
            end += place.length();
        }
        if (end != file.size() - SnapshotFormat.TRAILER_BYTES) {
            throw new DamagedException("bytes after " + end + " that belong to nothing");
        }
    }
}
