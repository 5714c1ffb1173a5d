package io.limpid.format.tar;

import io.limpid.format.BlockInputStream;
import io.limpid.model.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the entries of a tar archive in one pass: ustar, pax, GNU long names, old GNU and pax sparse files, base-256 numbers.
 *
 * <p>Contents that nobody reads are skipped with {@link InputStream#skip}, which costs nothing where the bytes lie in a file. The archive
 * ends at two zero blocks or, as some builders write it, at the end of the bytes, the last entry's padding missing too. A damaged archive
 * ends in a {@link TarException} or an {@link EOFException}; entries before it were right.
 *
 * <p>Where archives differ from the standards they are read as Go's {@code archive/tar} reads them, since that is what unpacks images.
 *
 * <p>Not for several threads.
 */
public final class TarReader {
    private static final int EXTENSION_TRAILER = 504;
    private static final int EXTENSION_ENTRIES = 21;

    private final InputStream in;
    private final boolean untouched;
    private final Limits limits;
    private final byte[] window;
    private final TarHeader headers;
    private int from;
    private int to;
    private long windowEnd;

    private long storedLeft;
    private long padding;
    private @Nullable TarEntry current;
    private boolean endMarkerSeen;

    /**
     * @param in the archive's bytes from the first header on; not closed
     * @param limits bounds names and extended headers
     * @param windowBytes how much is read at once: small where skipping is free, large where it is not
     */
    public TarReader(InputStream in, Limits limits, int windowBytes) {
        this(in, limits, windowBytes, false);
    }

    /**
     * A reader of an archive whose contents lie elsewhere than its headers.
     *
     * @param in the archive's bytes from the first header on; not closed
     * @param limits bounds names and extended headers
     * @param windowBytes how much is read at once
     * @param untouched whether nothing at all of a content is read that is skipped; the stream then never skips more than there is
     */
    public TarReader(InputStream in, Limits limits, int windowBytes, boolean untouched) {
        this.in = in;
        this.untouched = untouched;
        this.limits = limits;
        this.window = new byte[Math.max(windowBytes, 2 * TarHeader.BLOCK) / TarHeader.BLOCK * TarHeader.BLOCK];
        this.headers = new TarHeader(window);
    }

    /** Whether the archive ended at its end marker, two blocks of zeros. */
    public boolean endMarkerSeen() {
        return endMarkerSeen;
    }

    /** How many of the archive's bytes the walk has passed. */
    public long position() {
        return windowEnd - (to - from);
    }

    /** The next entry, after skipping what is left of the one before; null at the end of the archive. */
    public @Nullable TarEntry next() throws IOException {
        skip(storedLeft);
        storedLeft = 0;
        skipUpTo(padding);
        padding = 0;
        current = null;
        ExtendedHeaders extended = new ExtendedHeaders(limits.headerBytes());
        while (true) {
            TarHeader header = header();
            if (header == null) {
                if (extended.pending() && !endMarkerSeen) {
                    throw new EOFException("the archive ends before the entry that its last header describes");
                }
                return null;
            }
            char type = header.type();
            switch (type) {
                case 'x', 'X', 'L', 'K' -> extended.add(type, extendedHeader(header.size()));
                // A global header does not change entries, and headers before it are not those of the entry after it.
                case 'g' -> {
                    skip(TarHeader.padded(header.size()));
                    extended.forget();
                }
                default -> {
                    current = entry(header, extended);
                    return current;
                }
            }
        }
    }

    /**
     * Reads the whole content of the current entry, holes filled with zeros.
     *
     * @param maxBytes bound of the size
     * @throws TarException when the file is larger
     */
    public byte[] readContent(long maxBytes) throws IOException {
        TarEntry entry = current;
        if (entry == null) {
            throw new IllegalStateException("no entry to read");
        }
        if (entry.size() > maxBytes) {
            throw new TarException("a file of " + entry.size() + " bytes, more than " + maxBytes);
        }
        Sparse sparse = entry.sparse();
        if (sparse == null) {
            return readStored((int) storedLeft);
        }
        byte[] content = new byte[(int) sparse.realSize()];
        for (Sparse.Segment segment : sparse.segments()) {
            byte[] part = readStored((int) segment.length());
            System.arraycopy(part, 0, content, (int) segment.offset(), part.length);
        }
        return content;
    }

    /**
     * The content of the current entry as it is stored, without going back in it; {@link #next} ends the stream, and passes over what was
     * not read of it.
     */
    public InputStream content() {
        return new Content();
    }

    private TarEntry entry(TarHeader header, ExtendedHeaders extended) throws IOException {
        char type = header.type();
        byte[] name = extended.name(header.name());
        TarEntry.Kind kind = kind(type, name);
        boolean isLink = kind == TarEntry.Kind.SYMBOLIC_LINK || kind == TarEntry.Kind.HARD_LINK;
        byte[] link = isLink ? extended.linkName(header.linkName()) : new byte[0];
        boolean hasContent = kind == TarEntry.Kind.FILE || (kind == TarEntry.Kind.OTHER && !isDeviceOrFifo(type));
        long stated = extended.size(header, hasContent);
        long size = hasContent ? stated : 0;
        storedLeft = size;
        padding = TarHeader.padded(size) - size;
        PaxRecords pax = extended.pax();
        Sparse sparse = null;
        if (type == 'S') {
            sparse = gnuSparse(header).checked(storedLeft);
        } else if (pax != null && pax.sparseForm() != PaxRecords.SparseForm.NONE) {
            if (!hasContent) {
                throw new TarException("a sparse file that is no file");
            }
            sparse = paxSparse(pax).checked(storedLeft);
            byte[] sparseName = pax.value("GNU.sparse.name");
            name = sparseName != null ? sparseName : name;
        }
        return new TarEntry(name, link, kind, stated, storedLeft, position(), sparse, extended.skipped());
    }

    private static TarEntry.Kind kind(char type, byte[] name) {
        return switch (type) {
            case '1' -> TarEntry.Kind.HARD_LINK;
            case '2' -> TarEntry.Kind.SYMBOLIC_LINK;
            case '5' -> TarEntry.Kind.DIRECTORY;
            // Before there were types, a slash at the end made a directory.
            case 0 -> name.length > 0 && name[name.length - 1] == '/' ? TarEntry.Kind.DIRECTORY : TarEntry.Kind.FILE;
            case '0', '7', 'S' -> TarEntry.Kind.FILE;
            default -> TarEntry.Kind.OTHER;
        };
    }

    private static boolean isDeviceOrFifo(char type) {
        return type == '3' || type == '4' || type == '6';
    }

    private @Nullable TarHeader header() throws IOException {
        if (!fill(TarHeader.BLOCK)) {
            return null;
        }
        TarHeader header = headers.at(from);
        if (header.isZero()) {
            from += TarHeader.BLOCK;
            if (fill(TarHeader.BLOCK) && !headers.at(from).isZero()) {
                throw new TarException("one zero block where the archive's end has two");
            }
            from = Math.min(from + TarHeader.BLOCK, to);
            endMarkerSeen = true;
            return null;
        }
        if (!header.hasValidChecksum()) {
            throw new TarException("a header with a wrong checksum at byte " + position());
        }
        from += TarHeader.BLOCK;
        return header;
    }

    /** The body of a pax or GNU header, null when it is larger than what is read of one. */
    private byte @Nullable [] extendedHeader(long size) throws IOException {
        if (size > limits.headerBytes()) {
            skip(TarHeader.padded(size));
            return null;
        }
        byte[] body = new byte[(int) size];
        readFully(body);
        skip(TarHeader.padded(size) - size);
        return body;
    }

    private Sparse gnuSparse(TarHeader header) throws IOException {
        if (!header.isGnu()) {
            // Programs other than GNU's wrote other maps under the same type.
            throw new TarException("a sparse file whose map is not GNU's");
        }
        SparseMapBuilder map = new SparseMapBuilder(limits.headerBytes());
        header.gnuSegments(map);
        long realSize = header.gnuRealSize();
        boolean more = header.gnuSparseGoesOn();
        while (more) {
            if (!fill(TarHeader.BLOCK)) {
                throw new EOFException("the archive ends inside a sparse file's map");
            }
            TarHeader extension = headers.at(from);
            extension.segments(0, EXTENSION_ENTRIES, map);
            more = extension.flagAt(EXTENSION_TRAILER);
            from += TarHeader.BLOCK;
        }
        return new Sparse(map.segments(), realSize);
    }

    private Sparse paxSparse(PaxRecords pax) throws IOException {
        long realSize = pax.sparseSize(storedLeft);
        return pax.sparseForm() == PaxRecords.SparseForm.MAP_IN_DATA
                ? new Sparse(mapInData(), realSize)
                : new Sparse(pax.mapInHeader(), realSize);
    }

    /** The map of pax sparse format 1.0: decimal numbers, a line each, padded to a block, before the data. */
    private List<Sparse.Segment> mapInData() throws IOException {
        long before = storedLeft;
        long count = mapNumber();
        SparseMapBuilder map = new SparseMapBuilder(limits.headerBytes());
        for (long i = 0; i < count; i++) {
            map.add(mapNumber(), mapNumber());
        }
        long used = before - storedLeft;
        long rest = TarHeader.padded(used) - used;
        if (rest > storedLeft) {
            throw new TarException("a sparse file's map is longer than its data");
        }
        skip(rest);
        storedLeft -= rest;
        return map.segments();
    }

    private long mapNumber() throws IOException {
        byte[] digits = new byte[20];
        int length = 0;
        while (storedLeft > 0 && length < digits.length) {
            if (!fill(1)) {
                throw new EOFException("the archive ends inside a file");
            }
            byte b = window[from++];
            storedLeft--;
            if (b == '\n') {
                return PaxRecords.decimal(Arrays.copyOf(digits, length));
            }
            digits[length++] = b;
        }
        throw new TarException("a sparse file's map makes no sense");
    }

    private byte[] readStored(int length) throws IOException {
        // Grown as the bytes come: a header may promise more than there is.
        List<byte[]> parts = new ArrayList<>();
        int chunk = 1 << 20;
        int left = length;
        while (left > 0) {
            byte[] part = new byte[Math.min(left, chunk)];
            readFully(part);
            parts.add(part);
            left -= part.length;
            chunk = Math.min(chunk * 2, 1 << 26);
        }
        storedLeft -= length;
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    private void readFully(byte[] target) throws IOException {
        int have = Math.min(target.length, to - from);
        System.arraycopy(window, from, target, 0, have);
        from += have;
        int read = in.readNBytes(target, have, target.length - have);
        windowEnd += read;
        if (have + read < target.length) {
            throw new EOFException("the archive ends inside a file");
        }
    }

    private void skip(long bytes) throws IOException {
        if (skipUpTo(bytes) < bytes) {
            throw new EOFException("the archive ends inside a file");
        }
    }

    /** Skips as many bytes as there are, and says how many. */
    private long skipUpTo(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            if (from == to && (untouched || left > window.length)) {
                // The last bytes are read: some streams skip beyond their end without a word.
                long skipped = Math.max(in.skip(untouched ? left : left - TarHeader.BLOCK), 0);
                left -= skipped;
                windowEnd += skipped;
            }
            if (left > 0 && !fill(1)) {
                break;
            }
            int inWindow = (int) Math.min(left, to - from);
            from += inWindow;
            left -= inWindow;
        }
        return bytes - left;
    }

    /** Makes {@code bytes} available from {@code from} on; false when the archive has none left, an error when it has too few. */
    private boolean fill(int bytes) throws IOException {
        if (to - from >= bytes) {
            return true;
        }
        System.arraycopy(window, from, window, 0, to - from);
        to -= from;
        from = 0;
        while (to < bytes) {
            int read = in.read(window, to, window.length - to);
            if (read < 0) {
                if (to == 0) {
                    return false;
                }
                throw new EOFException("the archive ends inside a header");
            }
            to += read;
            windowEnd += read;
        }
        return true;
    }

    private final class Content extends BlockInputStream {
        private final @Nullable TarEntry entry = current;

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (entry == null || entry != current) {
                throw new IllegalStateException("another entry is read by now");
            }
            int count = (int) Math.min(length, storedLeft);
            if (count == 0) {
                return length == 0 ? 0 : -1;
            }
            int read = Math.min(count, to - from);
            if (read > 0) {
                System.arraycopy(window, from, target, offset, read);
                from += read;
            } else {
                read = in.read(target, offset, count);
                if (read < 0) {
                    throw new EOFException("the archive ends inside a file");
                }
                windowEnd += read;
            }
            storedLeft -= read;
            return read;
        }
    }
}
