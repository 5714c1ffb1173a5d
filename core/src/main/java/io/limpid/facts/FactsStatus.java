package io.limpid.facts;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in a folder of facts.
 *
 * @param entries how many entries that are whole
 * @param bytes what all files take on the disk
 * @param bound what they may take
 * @param oldest when the entry was used that nobody used for the longest time, to an hour; null when there is none
 * @param newest when an entry was last used, to an hour; null when there is none
 * @param damaged files that are no entries, or are not as they were written
 */
public record FactsStatus(
        int entries,
        long bytes,
        long bound,
        @Nullable Instant oldest,
        @Nullable Instant newest,
        List<Path> damaged) {

    public FactsStatus {
        damaged = List.copyOf(damaged);
    }

    static FactsStatus none(long bound) {
        return new FactsStatus(0, 0, bound, null, null, List.of());
    }

    FactsStatus withEntry(long size, Instant used) {
        return new FactsStatus(
                entries + 1,
                bytes + size,
                bound,
                oldest == null || used.isBefore(oldest) ? used : oldest,
                newest == null || used.isAfter(newest) ? used : newest,
                damaged);
    }

    FactsStatus withDamaged(long size, Path file) {
        List<Path> more = new ArrayList<>(damaged);
        more.add(file);
        return new FactsStatus(entries, bytes + size, bound, oldest, newest, more);
    }

    /** A file that is still being written, or was left by a process that was killed. */
    FactsStatus withBeside(long size) {
        return new FactsStatus(entries, bytes + size, bound, oldest, newest, damaged);
    }
}
