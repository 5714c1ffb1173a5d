package io.limpid.layer;

import io.limpid.model.Digest;
import io.limpid.model.LayerEntry;
import io.limpid.model.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a layer found in its bytes, whatever the image claims of them ({@link LayerCheck}).
 *
 * @param entries what matters, in the layer's order
 * @param files the wanted files
 * @param unread wanted files whose content was not read, and why
 * @param problems what was wrong with the layer itself
 * @param blobDigest the digest of its bytes as stored, computed here; null when they were only walked, or are compressed and nothing is claimed of them
 * @param diffId the digest of its uncompressed bytes, computed here; null when they were only walked or could not be read to the end
 * @param whole whether the archive was walked to its end
 * @param lasting whether reading the same bytes again gives the same: false after a failure to read or a limit
 */
public record LayerContents(
        List<LayerEntry> entries,
        LayerFiles files,
        Map<String, String> unread,
        List<Problem> problems,
        @Nullable Digest blobDigest,
        @Nullable Digest diffId,
        boolean whole,
        boolean lasting) {

    public LayerContents {
        entries = List.copyOf(entries);
        unread = Map.copyOf(unread);
        problems = List.copyOf(problems);
    }
}
