package io.limpid.format.tar;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the headers before an entry's own say of it: pax records and GNU long names. */
final class ExtendedHeaders {
    private final int maxSegments;
    private @Nullable PaxRecords pax;
    private byte @Nullable [] longName;
    private byte @Nullable [] longLink;
    private boolean pending;
    private boolean skipped;

    ExtendedHeaders(int maxSegments) {
        this.maxSegments = maxSegments;
    }

    /** Takes the header of this type; without a body it was too large to be read. */
    void add(char type, byte @Nullable [] body) throws TarException {
        pending = true;
        if (body == null) {
            skipped = true;
        } else if (type == 'L') {
            longName = upToZero(body);
        } else if (type == 'K') {
            longLink = upToZero(body);
        } else {
            // The last one counts alone: records of an earlier header are not merged.
            pax = PaxRecords.parse(body, maxSegments);
        }
    }

    /** What came so far describes no entry. */
    void forget() {
        pax = null;
        longName = null;
        longLink = null;
        pending = false;
    }

    /** Whether an entry has to follow. */
    boolean pending() {
        return pending;
    }

    /** Whether one was too large to be read. */
    boolean skipped() {
        return skipped;
    }

    @Nullable
    PaxRecords pax() {
        return pax;
    }

    byte[] name(byte[] otherwise) {
        return first(longName, pax == null ? null : pax.value("path"), otherwise);
    }

    byte[] linkName(byte[] otherwise) {
        return first(longLink, pax == null ? null : pax.value("linkpath"), otherwise);
    }

    /** The size of the entry whose own header this is; nonsense is 0 where no content follows. */
    long size(TarHeader header, boolean hasContent) throws TarException {
        try {
            long otherwise = header.size();
            Long size = pax == null ? null : pax.number("size");
            return size == null ? otherwise : size;
        } catch (TarException e) {
            if (hasContent) {
                throw e;
            }
            return 0;
        }
    }

    private static byte[] first(byte @Nullable [] gnu, byte @Nullable [] pax, byte[] otherwise) {
        return gnu != null ? gnu : pax != null ? pax : otherwise;
    }

    /** The text up to the first zero byte, null when there is none. */
    private static byte @Nullable [] upToZero(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return end == 0 ? null : Arrays.copyOf(bytes, end);
    }
}
