package io.limpid.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one layer by itself: what its files said and what lies on the way to them.
 *
 * @param entries the entries that matter to detectors, in the layer's order
 * @param detections for each detector, by its name, one detection for each file that it read
 * @param problems what was wrong with the layer itself
 * @param diffId the digest of its uncompressed bytes, computed here; null when they were only walked or could not be read to the end
 * @param verified whether every digest that is claimed of the layer was computed and is right
 * @param lasting whether the facts may be kept: false after a failure to read or a limit
 */
public record LayerFacts(
        List<LayerEntry> entries,
        Map<String, List<Detection>> detections,
        List<Problem> problems,
        @Nullable Digest diffId,
        boolean verified,
        boolean lasting) {

    public LayerFacts {
        entries = List.copyOf(entries);
        detections = Map.copyOf(detections);
        problems = List.copyOf(problems);
    }

    /** The same facts of the same bytes at another place in the image. */
    public LayerFacts inLayer(int index) {
        List<Problem> moved =
                problems.stream().map(problem -> problem.inLayer(index)).toList();
        return new LayerFacts(entries, detections, moved, diffId, verified, lasting);
    }
}
