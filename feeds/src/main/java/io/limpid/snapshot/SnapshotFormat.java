package io.limpid.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a snapshot file is besides its blocks: eight bytes at the beginning, a header, and a trailer with the checksum of all that and the header's
 * place.
 *
 * @param header what the file says of itself
 * @param advisories the table of advisories, by release, package and id
 * @param details the table of details of vulnerabilities, by their ids
 * @param products the table of products of repositories, by the repositories' names
 * @param names the table of names: for each id and alias in lower case, the releases and packages that have it
 * @param texts the table of blocks of texts, by their numbers
 */
record SnapshotFormat(
        SnapshotHeader header, Table advisories, Table details, Table products, Table names, Table texts) {
    /** Raised with every change of the format: a file of another one is not read but made anew. */
    static final int VERSION = 3;

    static final byte[] MAGIC = "limpid1\n".getBytes(StandardCharsets.US_ASCII);
    static final int TRAILER_BYTES = 44;

    /** The file is of another version of this program. */
    static final class OtherVersionException extends IOException {
        private static final long serialVersionUID = 1L;

        OtherVersionException(String what) {
            super(what);
        }
    }

    /** Writes header and trailer, after all other blocks. */
    void writeTo(BlockOutput out) throws IOException {
        writeTrailer(out, out.block(headerBlock()));
    }

    static void writeTrailer(BlockOutput out, BlockPlace place) throws IOException {
        ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES);
        trailer.putInt(out.crc());
        trailer.putLong(place.offset()).putInt(place.length()).putInt(place.crc());
        trailer.putLong(out.position() + TRAILER_BYTES);
        trailer.putInt(VERSION);
        trailer.putInt(BlockFile.crcOf(trailer.array(), 0, trailer.position()));
        trailer.put(MAGIC);
        out.write(trailer.array());
    }

    private byte[] headerBlock() {
        BlockWriter out = new BlockWriter();
        out.entry();
        out.string(AdvisoryRecord.vocabulary());
        out.string(header.feed());
        out.string(header.part());
        out.number(header.feedVersion());
        out.number(header.generation());
        out.string(header.mirror());
        Instant fetchedAt = header.fetchedAt();
        out.number(fetchedAt.getEpochSecond());
        out.number(fetchedAt.getNano());
        out.string(header.dataDate());
        out.number(header.documents().size());
        header.documents().forEach(document -> document.writeTo(out));
        out.number(header.namespaces().size());
        for (SnapshotHeader.Namespace namespace : header.namespaces()) {
            out.string(namespace.name());
            out.number(namespace.records());
        }
        out.number(header.details());
        out.number(header.products());
        out.number(header.skipped());
        out.strings(header.notes());
        out.number(header.gaps().size());
        for (Gap gap : header.gaps()) {
            out.string(gap.namespace());
            out.number(gap.advisories());
            out.string(gap.what());
        }
        advisories.writeTo(out);
        details.writeTo(out);
        products.writeTo(out);
        names.writeTo(out);
        texts.writeTo(out);
        return out.finish();
    }

    /** Where the header of a file is. */
    static BlockPlace headerPlace(BlockFile file) throws IOException {
        if (file.size() < MAGIC.length + TRAILER_BYTES) {
            throw new DamagedException("a file of " + file.size() + " bytes is no advisory snapshot");
        }
        byte[] bytes = file.read(file.size() - TRAILER_BYTES, TRAILER_BYTES);
        if (!Arrays.equals(bytes, TRAILER_BYTES - MAGIC.length, TRAILER_BYTES, MAGIC, 0, MAGIC.length)) {
            throw new DamagedException(
                    "it does not end as an advisory snapshot does: it was cut, or is something else");
        }
        ByteBuffer trailer = ByteBuffer.wrap(bytes).position(Integer.BYTES);
        BlockPlace place = new BlockPlace(trailer.getLong(), trailer.getInt(), trailer.getInt());
        long size = trailer.getLong();
        int version = trailer.getInt();
        if (trailer.getInt(trailer.position()) != BlockFile.crcOf(bytes, 0, trailer.position())) {
            throw new DamagedException("the checksum of its last bytes is not that of what was written there");
        }
        if (version != VERSION) {
            throw new OtherVersionException(
                    "it is of format " + version + ", and this program reads format " + VERSION);
        }
        if (size != file.size() || place.offset() != size - TRAILER_BYTES - place.length()) {
            throw new DamagedException(
                    "it was written with " + size + " bytes and has " + file.size() + ": it was cut or put together");
        }
        return place;
    }

    /** Whether all bytes before the trailer are those that were written; reads them all, and takes none apart. */
    static boolean isIntact(BlockFile file) throws IOException {
        long bytes = file.size() - TRAILER_BYTES;
        return file.crcOfFirst(bytes)
                == ByteBuffer.wrap(file.read(bytes, TRAILER_BYTES)).getInt();
    }

    static SnapshotFormat read(BlockReader in) throws IOException {
        if (in.entries() != 1) {
            throw new DamagedException("a header of " + in.entries() + " entries");
        }
        in.seek(0);
        if (!in.string().equals(AdvisoryRecord.vocabulary())) {
            throw new OtherVersionException("it uses other words than this program");
        }
        SnapshotHeader header = header(in);
        SnapshotFormat format = new SnapshotFormat(
                header, Table.read(in), Table.read(in), Table.read(in), Table.read(in), Table.read(in));
        in.end();
        counted("advisories", format.advisories, header.advisories());
        counted("details", format.details, header.details());
        counted("repositories", format.products, header.products());
        return format;
    }

    private static void counted(String what, Table table, long said) throws DamagedException {
        if (table.entries() != said) {
            throw new DamagedException(
                    "a table of " + table.entries() + " " + what + " where " + said + " are said to be");
        }
    }

    private static SnapshotHeader header(BlockReader in) throws IOException {
        String feed = in.string();
        String part = in.string();
        long feedVersion = in.number();
        long generation = in.number();
        String mirror = in.nullableString();
        Instant fetchedAt = instant(in);
        String dataDate = in.nullableString();
        List<FetchedDocument> documents = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            documents.add(FetchedDocument.read(in));
        }
        List<SnapshotHeader.Namespace> namespaces = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            namespaces.add(new SnapshotHeader.Namespace(in.string(), in.number()));
        }
        long details = in.number();
        long products = in.number();
        long skipped = in.number();
        List<String> notes = in.strings();
        List<Gap> gaps = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            gaps.add(new Gap(in.nullableString(), in.number(), in.string()));
        }
        return new SnapshotHeader(
                feed,
                part,
                feedVersion,
                generation,
                mirror,
                fetchedAt,
                documents,
                dataDate,
                namespaces,
                details,
                products,
                skipped,
                notes,
                gaps);
    }

    /** Numbers, because to read a moment as text takes as long as all the rest. */
    private static Instant instant(BlockReader in) throws DamagedException {
        long seconds = in.number();
        long nanos = in.number();
        if (seconds > Instant.MAX.getEpochSecond() || nanos > 999_999_999) {
            throw new DamagedException("a moment that is none");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }
}
