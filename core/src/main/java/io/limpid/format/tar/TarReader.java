package io.limpid.format.tar;

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
 * ends at two zero blocks or, as some builders write it, at the end of the bytes. A damaged archive ends in a {@link TarException} or an
 * {@link EOFException}; entries before it were right.
 *
 * <p>Not for several threads.
 */
public final class TarReader {
    private static final int EXTENSION_TRAILER = 504;
    private static final int EXTENSION_ENTRIES = 21;

    private final InputStream in;
    private final Limits limits;
    private final byte[] window;
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
        this.in = in;
        this.limits = limits;
        this.window = new byte[Math.max(windowBytes, 2 * TarHeader.BLOCK) / TarHeader.BLOCK * TarHeader.BLOCK];
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
        skip(storedLeft + padding);
        storedLeft = 0;
        padding = 0;
        current = null;
        PaxRecords pax = null;
        byte[] longName = null;
        byte[] longLink = null;
        boolean headerSkipped = false;
        while (true) {
            TarHeader header = header();
            if (header == null) {
                return null;
            }
            char type = header.type();
            switch (type) {
                case 'x', 'X', 'L', 'K' -> {
                    byte[] body = extendedHeader(header.size());
                    if (body == null) {
                        headerSkipped = true;
                    } else if (type == 'L') {
                        longName = upToZero(body);
                    } else if (type == 'K') {
                        longLink = upToZero(body);
                    } else {
                        pax = PaxRecords.parse(body, limits.headerBytes());
                    }
                }
                // A global header does not change entries: the programs that unpack images do not apply it either.
                case 'g' -> skip(padded(header.size()));
                default -> {
                    current = entry(header, pax, longName, longLink, headerSkipped);
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
        if (sparse.mapInData()) {
            sparse = new Sparse(mapInData(), sparse.realSize(), true);
        }
        byte[] content = new byte[(int) sparse.realSize()];
        for (Sparse.Segment segment : sparse.checked(storedLeft).segments()) {
            byte[] part = readStored((int) segment.length());
            System.arraycopy(part, 0, content, (int) segment.offset(), part.length);
        }
        return content;
    }

    private TarEntry entry(
            TarHeader header,
            @Nullable PaxRecords pax,
            byte @Nullable [] longName,
            byte @Nullable [] longLink,
            boolean headerSkipped)
            throws IOException {
        char type = header.type();
        byte[] name = longName != null ? longName : header.name();
        byte[] link = longLink != null ? longLink : header.linkName();
        long size = header.size();
        Sparse sparse = type == 'S' ? gnuSparse(header) : null;
        if (pax != null) {
            Long paxSize = pax.number("size");
            size = paxSize != null ? paxSize : size;
            name = longName == null ? orElse(pax.value("path"), name) : name;
            link = longLink == null ? orElse(pax.value("linkpath"), link) : link;
            if (isRegular(type)) {
                sparse = pax.sparse();
                name = sparse == null ? name : orElse(pax.value("GNU.sparse.name"), name);
            }
        }
        TarEntry.Kind kind = kind(type, name);
        boolean hasContent = kind == TarEntry.Kind.FILE || (kind == TarEntry.Kind.OTHER && !isDeviceOrFifo(type));
        storedLeft = hasContent ? size : 0;
        padding = padded(storedLeft) - storedLeft;
        boolean isLink = kind == TarEntry.Kind.SYMBOLIC_LINK || kind == TarEntry.Kind.HARD_LINK;
        return new TarEntry(name, isLink ? link : new byte[0], kind, storedLeft, position(), sparse, headerSkipped);
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

    private static boolean isRegular(char type) {
        return type == 0 || type == '0' || type == '7';
    }

    private static boolean isDeviceOrFifo(char type) {
        return type == '3' || type == '4' || type == '6';
    }

    private @Nullable TarHeader header() throws IOException {
        if (!fill(TarHeader.BLOCK)) {
            return null;
        }
        TarHeader header = new TarHeader(window, from);
        if (header.isZero()) {
            from += TarHeader.BLOCK;
            if (fill(TarHeader.BLOCK) && !new TarHeader(window, from).isZero()) {
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
            skip(padded(size));
            return null;
        }
        byte[] body = new byte[(int) size];
        readFully(body);
        skip(padded(size) - size);
        return body;
    }

    private Sparse gnuSparse(TarHeader header) throws IOException {
        SparseMapBuilder map = new SparseMapBuilder(limits.headerBytes());
        header.gnuSegments(map);
        long realSize = header.gnuRealSize();
        boolean more = header.gnuSparseGoesOn();
        while (more) {
            if (!fill(TarHeader.BLOCK)) {
                throw new EOFException("the archive ends inside a sparse file's map");
            }
            TarHeader extension = new TarHeader(window, from);
            extension.segments(0, EXTENSION_ENTRIES, map);
            more = extension.flagAt(EXTENSION_TRAILER);
            from += TarHeader.BLOCK;
        }
        if (realSize < 0) {
            throw new TarException("a sparse file with a negative size");
        }
        return new Sparse(map.segments(), realSize, false);
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
        long rest = padded(used) - used;
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
        long left = bytes;
        int inWindow = (int) Math.min(left, to - from);
        from += inWindow;
        left -= inWindow;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped <= 0) {
                if (in.read() < 0) {
                    throw new EOFException("the archive ends inside a file");
                }
                skipped = 1;
            }
            left -= skipped;
            windowEnd += skipped;
        }
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

    private static byte[] orElse(byte @Nullable [] value, byte[] otherwise) {
        return value != null ? value : otherwise;
    }

    private static byte[] upToZero(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOf(bytes, end);
    }

    private static long padded(long size) throws TarException {
        if (size > Long.MAX_VALUE - TarHeader.BLOCK) {
            throw new TarException("an entry of " + size + " bytes");
        }
        return (size + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK;
    }
}
