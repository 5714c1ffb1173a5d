package io.limpid.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Compares the current generation of a part with the one before, or with one that may come after it. */
public final class SnapshotComparison {
    private final SnapshotStore store;

    public SnapshotComparison(SnapshotStore store) {
        this.store = store;
    }

    /**
     * Two generations of a part, and by how much they differ.
     *
     * @param rolledBack whether the first is one that was rolled back from, and so the newer one
     */
    public record Compared(SnapshotHeader before, SnapshotHeader now, boolean rolledBack, Difference difference) {}

    /**
     * Compares the current generation with a file that may take its place.
     *
     * @return null when there is no current one
     * @throws io.limpid.model.LimpidException when a file is damaged, or the file is one of another part
     */
    public @Nullable Compared withFile(String feed, String part, Path file, Difference.Changes changes)
            throws IOException {
        PartFolder folder = store.part(feed, part);
        try (Snapshot current = folder.open(store.limits());
                Snapshot next = folder.open(file, store.limits())) {
            if (current == null || next == null) {
                return null;
            }
            next.verify();
            return new Compared(current.header(), next.header(), false, Difference.between(current, next, changes));
        }
    }

    /**
     * Compares the current generation with the one before, or with that which was rolled back from.
     *
     * @return null when there is nothing to compare
     * @throws io.limpid.model.LimpidException when a file is damaged
     */
    public @Nullable Compared withBefore(String feed, String part, Difference.Changes changes) throws IOException {
        PartFolder folder = store.part(feed, part);
        try (Snapshot current = folder.open(store.limits())) {
            if (current == null) {
                return null;
            }
            boolean rolledBack = folder.withdrawn(current.header(), store.limits()) != null;
            try (Snapshot before = folder.open(rolledBack ? folder.withdrawn() : folder.previous(), store.limits())) {
                return before == null
                        ? null
                        : new Compared(
                                before.header(),
                                current.header(),
                                rolledBack,
                                Difference.between(before, current, changes));
            }
        }
    }
}
