package io.limpid.format.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of a pax extended header (POSIX.1-2001, pax Interchange Format): {@code LENGTH KEYWORD=VALUE\n}. */
final class PaxRecords {
    private static final int LENGTH_DIGITS = 19;
    private static final long LARGEST = 1_000_000_000_000_000_000L;

    /** Where a sparse file's map is. */
    enum SparseForm {
        NONE,
        MAP_IN_HEADER,
        MAP_IN_DATA
    }

    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private final SparseMapBuilder sparse;
    private long pendingOffset = -1;
    private boolean sparseSaid;

    private PaxRecords(int maxSegments) {
        this.sparse = new SparseMapBuilder(maxSegments);
    }

    static PaxRecords parse(byte[] bytes, int maxSegments) throws TarException {
        PaxRecords records = new PaxRecords(maxSegments);
        int at = 0;
        while (at < bytes.length) {
            at = records.record(bytes, at);
        }
        return records;
    }

    private int record(byte[] bytes, int at) throws TarException {
        int space = at;
        long length = 0;
        while (space < bytes.length && bytes[space] != ' ') {
            byte digit = bytes[space];
            if (digit < '0' || digit > '9' || space - at >= LENGTH_DIGITS) {
                throw new TarException("a pax header without a record's length");
            }
            length = length * 10 + (digit - '0');
            space++;
        }
        if (length > bytes.length - at || length < space - at + 3) {
            throw new TarException("a pax record longer than its header, or shorter than a record");
        }
        int end = at + (int) length;
        int equals = space + 1;
        while (equals < end && bytes[equals] != '=') {
            equals++;
        }
        if (equals >= end || bytes[end - 1] != '\n' || equals == space + 1) {
            throw new TarException("a pax record without a keyword or without an end");
        }
        if (mayMatter(bytes[space + 1])) {
            put(
                    new String(bytes, space + 1, equals - space - 1, ISO_8859_1),
                    Arrays.copyOfRange(bytes, equals + 1, end - 1));
        }
        return end;
    }

    /** Whether a keyword that begins so may be one that a scan asks for: most records of an image are times. */
    private static boolean mayMatter(byte first) {
        return first == 'p' || first == 'l' || first == 's' || first == 'G';
    }

    private void put(String key, byte[] value) throws TarException {
        sparseSaid |= key.startsWith("GNU.sparse.");
        switch (key) {
            case "path", "linkpath", "GNU.sparse.name" -> {
                if (contains(value, (byte) 0)) {
                    throw new TarException("a pax record with a path that holds a zero byte");
                }
                values.put(key, value);
            }
            case "size",
                    "GNU.sparse.size",
                    "GNU.sparse.realsize",
                    "GNU.sparse.map",
                    "GNU.sparse.major",
                    "GNU.sparse.minor",
                    "GNU.sparse.numblocks" -> values.put(key, value);
            case "GNU.sparse.offset" -> {
                if (pendingOffset >= 0) {
                    throw new TarException("a pax sparse map out of order");
                }
                pendingOffset = decimal(value);
            }
            case "GNU.sparse.numbytes" -> {
                if (pendingOffset < 0) {
                    throw new TarException("a pax sparse map out of order");
                }
                sparse.add(pendingOffset, decimal(value));
                pendingOffset = -1;
            }
            default -> {
                // Owners, times, extended attributes: nothing that a scan asks for.
            }
        }
    }

    /** The value of a keyword, null when it is absent or empty (which deletes it). */
    byte @Nullable [] value(String key) {
        byte[] value = values.get(key);
        return value == null || value.length == 0 ? null : value;
    }

    /** The value as a number that is not negative, null when it is absent. */
    @Nullable
    Long number(String key) throws TarException {
        byte[] value = value(key);
        return value == null ? null : decimal(value);
    }

    /** How the file's holes are described. */
    SparseForm sparseForm() {
        if (!sparseSaid) {
            return SparseForm.NONE;
        }
        String version = text("GNU.sparse.major") + "." + text("GNU.sparse.minor");
        return switch (version) {
            case "0.0", "0.1" -> SparseForm.MAP_IN_HEADER;
            case "1.0" -> SparseForm.MAP_IN_DATA;
            // The first two formats did not write their version.
            case "." -> hasMap() ? SparseForm.MAP_IN_HEADER : SparseForm.NONE;
            default -> SparseForm.NONE;
        };
    }

    /** The size of a sparse file with its holes. */
    long sparseSize(long otherwise) throws TarException {
        Long size = number("GNU.sparse.size");
        if (size == null) {
            size = number("GNU.sparse.realsize");
        }
        return size == null ? otherwise : size;
    }

    /** The map of pax sparse formats 0.0 (a record for each number) and 0.1 (one record for all). */
    List<Sparse.Segment> mapInHeader() throws TarException {
        if (pendingOffset >= 0) {
            throw new TarException("a pax sparse map that ends in the middle");
        }
        byte[] map = value("GNU.sparse.map");
        if (map != null && sparse.segments().isEmpty()) {
            parseMap(new String(map, ISO_8859_1));
        }
        Long count = number("GNU.sparse.numblocks");
        if (count == null || count != sparse.segments().size()) {
            throw new TarException("a pax sparse map with another number of entries than it says");
        }
        return sparse.segments();
    }

    private boolean hasMap() {
        return value("GNU.sparse.map") != null || !sparse.segments().isEmpty() || pendingOffset >= 0;
    }

    private String text(String key) {
        byte[] value = value(key);
        return value == null ? "" : new String(value, ISO_8859_1);
    }

    private void parseMap(String map) throws TarException {
        int at = 0;
        while (at < map.length()) {
            int comma = map.indexOf(',', at);
            int next = comma < 0 ? -1 : map.indexOf(',', comma + 1);
            if (comma < 0) {
                throw new TarException("a pax sparse map with an odd number of entries");
            }
            int end = next < 0 ? map.length() : next;
            sparse.add(
                    decimal(map.substring(at, comma).getBytes(UTF_8)),
                    decimal(map.substring(comma + 1, end).getBytes(UTF_8)));
            at = end + 1;
        }
    }

    /** A decimal number below 10^18, leading zeros aside. */
    static long decimal(byte[] digits) throws TarException {
        if (digits.length == 0) {
            throw new TarException("a number in a pax header is empty");
        }
        long value = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9') {
                throw new TarException("a number in a pax header has a wrong digit");
            }
            if (value >= LARGEST / 10) {
                throw new TarException("a number in a pax header is too large");
            }
            value = value * 10 + (digit - '0');
        }
        return value;
    }

    private static boolean contains(byte[] bytes, byte wanted) {
        for (byte b : bytes) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }
}
