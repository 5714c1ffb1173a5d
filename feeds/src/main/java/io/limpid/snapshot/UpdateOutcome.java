package io.limpid.snapshot;

import io.limpid.model.LimpidException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the update of a part; where it is not {@link Updated}, what was there is untouched. */
public sealed interface UpdateOutcome {

    /**
     * There are newer data, and they are in use.
     *
     * @param now the new generation
     * @param difference how it differs from the one before; all is added where there was none
     * @param notes what is worth to be told of it, sentences for people
     */
    record Updated(SnapshotHeader now, Difference difference, List<String> notes) implements UpdateOutcome {
        public Updated {
            notes = List.copyOf(notes);
        }
    }

    /**
     * The data that are there are the newest.
     *
     * @param asked whether the publisher was asked, or had been a short while ago
     */
    record Unchanged(SnapshotHeader now, boolean asked) implements UpdateOutcome {}

    /**
     * The publisher does not have a document without which the part is nothing.
     *
     * @param kept the generation that stays in use, null when there is none
     */
    record Absent(String document, URI url, @Nullable SnapshotHeader kept) implements UpdateOutcome {

        /** A sentence for people. */
        public String reason() {
            return "its publisher has no " + document + " at " + url;
        }
    }

    /**
     * There are newer data, and they are so different that they are not used unless one insists.
     *
     * @param reason why, a sentence for people
     * @param kept the generation that stays in use
     */
    record HeldBack(String reason, SnapshotHeader kept) implements UpdateOutcome {}

    /**
     * It could not be told whether there are newer data, or they are none.
     *
     * @param problem why
     * @param kept the generation that stays in use, null when there is none
     */
    record Failed(LimpidException problem, @Nullable SnapshotHeader kept) implements UpdateOutcome {}
}
