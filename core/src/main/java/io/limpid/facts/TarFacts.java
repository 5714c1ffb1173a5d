package io.limpid.facts;

import io.limpid.image.Layer;
import io.limpid.layer.LayerCheck;
import io.limpid.model.Detection;
import io.limpid.model.Digest;
import io.limpid.model.LayerEntry;
import io.limpid.model.LayerFacts;
import io.limpid.model.LimpidException;
import io.limpid.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a layer say, whatever image they are found in and whatever that claims of them: this is what is kept.
 *
 * @param entries the entries that matter to detectors, in the layer's order
 * @param detections for each detector, by its name, one detection for each file that it read
 * @param problems what was wrong with the archive itself
 * @param blobDigest the digest of the bytes as stored, computed here; null when it was not
 * @param diffId the digest of the uncompressed bytes, computed here; null when they were only walked or could not be read to the end
 * @param whole whether the archive was walked to its end
 * @param lasting whether reading the same bytes again gives the same: false after a failure to read or a limit
 */
public record TarFacts(
        List<LayerEntry> entries,
        Map<String, List<Detection>> detections,
        List<Problem> problems,
        @Nullable Digest blobDigest,
        @Nullable Digest diffId,
        boolean whole,
        boolean lasting) {

    public TarFacts {
        entries = List.copyOf(entries);
        detections = Map.copyOf(detections);
        problems = List.copyOf(problems);
    }

    /** Facts as they are kept: of bytes that were read to their end, and would be read in the same way again. */
    static TarFacts kept(
            List<LayerEntry> entries,
            Map<String, List<Detection>> detections,
            List<Problem> problems,
            @Nullable Digest blobDigest,
            @Nullable Digest diffId) {
        return new TarFacts(entries, detections, problems, blobDigest, diffId, true, true);
    }

    /** A single detection of bytes out of several layers. */
    static TarFacts ofAnswer(String detector, Detection detection) {
        return kept(List.of(), Map.of(detector, List.of(detection)), List.of(), null, null);
    }

    /** The same facts, of bytes that are known to have this digest as they are stored; null when that was not computed. */
    TarFacts ofBlob(@Nullable Digest computed) {
        return new TarFacts(entries, detections, problems, computed, diffId, whole, lasting);
    }

    /**
     * What these are in an image, whose claims are held against them.
     *
     * @throws LimpidException when the bytes are not those that the manifest names
     */
    LayerFacts in(Layer layer) throws LimpidException {
        LayerCheck check = LayerCheck.of(layer, blobDigest, diffId);
        List<Problem> all = new ArrayList<>();
        if (check.problem() != null) {
            all.add(check.problem());
        }
        for (Problem problem : problems) {
            all.add(problem.inLayer(layer.index()));
        }
        return new LayerFacts(entries, detections, all, diffId, check.right() && whole, lasting);
    }
}
