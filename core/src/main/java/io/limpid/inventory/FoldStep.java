package io.limpid.inventory;

import io.limpid.model.EvidenceRequest;
import io.limpid.model.Inventory;
import io.limpid.model.PathPattern;
import java.util.Set;

/** Where a fold stands: finished, or in need of something more from the layers. */
public sealed interface FoldStep {

    /** What the image contains. */
    record Finished(Inventory inventory) implements FoldStep {}

    /** Links lead to places of which nothing is known yet; the layers are to be read again with an eye on them. */
    record NeedsPlaces(Set<PathPattern> places) implements FoldStep {
        public NeedsPlaces {
            places = Set.copyOf(places);
        }
    }

    /** Files are to be read by a detector. */
    record NeedsEvidence(Set<EvidenceRequest> requests) implements FoldStep {
        public NeedsEvidence {
            requests = Set.copyOf(requests);
        }
    }
}
