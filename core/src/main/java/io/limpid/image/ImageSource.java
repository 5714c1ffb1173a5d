package io.limpid.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A place that images come from. */
public interface ImageSource {

    /** The schemes that name it on the command line: {@code docker-archive} of {@code docker-archive:FILE}. */
    List<String> schemes();

    /** Whether a path that was given without a scheme is for it. */
    boolean accepts(Path path);

    /**
     * Whether what stands behind its schemes is the name of an image ({@code alpine:3.20}), not a path.
     *
     * <p>It is then asked for names without a scheme too, and one that it does not have is an error with the code {@code NOT_FOUND}.
     */
    default boolean namesImages() {
        return false;
    }

    /** Whether there can be several images behind a location, with layers that have digests: what options of images are about. */
    default boolean hasImages() {
        return true;
    }

    /**
     * Opens an image; its manifest and configuration are read and checked, its layers are not.
     *
     * @param scheme one of {@link #schemes()}, or empty when the location was given without one
     * @throws io.limpid.model.LimpidException when there is no such image or it contradicts itself
     */
    Image open(String scheme, ImageRequest request) throws IOException;

    /** The same; a source whose bytes are kept nowhere lets the reader read them while they pass. */
    default Image open(String scheme, ImageRequest request, PassingReader reader) throws IOException {
        return open(scheme, request);
    }
}
