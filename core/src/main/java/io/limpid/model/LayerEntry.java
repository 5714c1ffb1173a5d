package io.limpid.model;

/**
 * An entry of a layer that matters to what detectors asked for: a wanted file, or a link, folder or whiteout on the way to one.
 *
 * <p>Paths are from the image's root, without a leading slash, without empty, {@code .} or {@code ..} parts; the root itself is empty.
 */
public sealed interface LayerEntry {

    String path();

    /** A regular file. */
    record RegularFile(String path) implements LayerEntry {}

    /**
     * A symbolic link.
     *
     * @param target as the layer writes it: relative to the link's folder or from the image's root
     */
    record SymbolicLink(String path, String target) implements LayerEntry {}

    /**
     * A further name of a file of this layer or a lower one.
     *
     * @param target from the image's root
     */
    record HardLink(String path, String target) implements LayerEntry {}

    /** A folder; one that a lower layer has too is the same folder. */
    record Folder(String path) implements LayerEntry {}

    /** A device, a FIFO or something else that has no content and is never opened. */
    record OtherFile(String path) implements LayerEntry {}

    /** A mark that hides what lower layers have at this path and below (OCI image specification, layer.md). */
    record Whiteout(String path) implements LayerEntry {}

    /** A mark that hides all that lower layers have in this folder. */
    record OpaqueFolder(String path) implements LayerEntry {}
}
