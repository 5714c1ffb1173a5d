package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * Something in the scanned data that could not be read or believed, so that the result may lack something.
 *
 * <p>A report with a problem is never complete and its verdict never {@code clean}.
 *
 * @param layer the index of the layer, null when it concerns the image or document as a whole
 * @param path the file inside the image, null when there is none
 * @param what one sentence for people: what is wrong and what may be missing for it
 */
public record Problem(@Nullable Integer layer, @Nullable String path, String what) {

    /** A problem of a file, seen where the layer's index is not known. */
    public static Problem ofFile(String path, String what) {
        return new Problem(null, path, what);
    }

    /** The same problem, in the layer with this index. */
    public Problem inLayer(int index) {
        return new Problem(index, path, what);
    }
}
