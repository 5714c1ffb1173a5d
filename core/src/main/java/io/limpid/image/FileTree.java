package io.limpid.image;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A layer that lies unpacked in a folder, and is read there.
 *
 * <p>It has no bytes of its own: nothing can be held against a digest, and what is found is kept by nothing.
 *
 * @param root a path to the folder, in which links are followed
 */
public record FileTree(Path root) implements LayerContent {

    /** Opens the root. */
    public OpenFolder open() throws IOException {
        return OpenFolder.of(root);
    }
}
