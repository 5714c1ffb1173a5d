package io.limpid.format.tar;

import java.util.List;

/**
 * Where in a sparse file the bytes lie that the archive holds.
 *
 * @param segments in ascending order, not overlapping
 * @param realSize the file's size with its holes, bytes
 */
record Sparse(List<Segment> segments, long realSize) {

    /** A run of bytes that is no hole. */
    record Segment(long offset, long length) {}

    Sparse {
        segments = List.copyOf(segments);
    }

    /** The same, checked: segments ascend, stay inside the file and hold no more than the archive stores. */
    Sparse checked(long storedSize) throws TarException {
        if (realSize < 0) {
            throw new TarException("a sparse file with a negative size");
        }
        long end = 0;
        long stored = 0;
        for (Segment segment : segments) {
            if (segment.offset < end
                    || segment.length < 0
                    || segment.length > realSize
                    || segment.offset > realSize - segment.length) {
                throw new TarException("a sparse file's map makes no sense");
            }
            end = segment.offset + segment.length;
            stored += segment.length;
        }
        if (stored > storedSize) {
            throw new TarException("a sparse file's map holds more than the archive does");
        }
        return this;
    }
}
