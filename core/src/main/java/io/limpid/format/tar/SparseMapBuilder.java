package io.limpid.format.tar;

import java.util.ArrayList;
import java.util.List;

/** Collects the segments of a sparse file's map, up to a bound. */
final class SparseMapBuilder {
    private final int bound;
    private final List<Sparse.Segment> segments = new ArrayList<>();

    SparseMapBuilder(int bound) {
        this.bound = bound;
    }

    void add(long offset, long length) throws TarException {
        if (segments.size() >= bound) {
            throw new TarException("a sparse file's map has more than " + bound + " segments");
        }
        if (offset < 0 || length < 0) {
            throw new TarException("a sparse file's map makes no sense");
        }
        segments.add(new Sparse.Segment(offset, length));
    }

    List<Sparse.Segment> segments() {
        return segments;
    }
}
