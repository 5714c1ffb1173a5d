package io.limpid.image;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.ScanTarget;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A root file system in a folder: unpacked, mounted, or that of the machine; it counts as an image of one layer. */
public final class FolderSource implements ImageSource {
    private static final String SCHEME = "dir";

    @Override
    public List<String> schemes() {
        return List.of(SCHEME);
    }

    /** A folder is taken for a root file system only where somebody says so. */
    @Override
    public boolean accepts(Path path) {
        return false;
    }

    @Override
    public boolean hasImages() {
        return false;
    }

    @Override
    public Image open(String scheme, ImageRequest request) throws IOException {
        Path folder = Path.of(request.location());
        if (!Files.isDirectory(folder)) {
            throw new LimpidException(
                    ErrorCode.NOT_AN_IMAGE,
                    folder + " is no root file system",
                    "it is no folder",
                    "scan it without 'dir:' if it is an image archive");
        }
        try {
            // Not its real path: what is behind /proc/PID/root has none here.
            FileTree tree = new FileTree(folder);
            tree.open().close();
            Layer layer = new Layer(0, null, null, null, 0, tree);
            ScanTarget target = new ScanTarget(SCHEME, request.location(), null, null, null);
            return new Image(target, List.of(layer), List.of(), List.of(), () -> {});
        } catch (AccessDeniedException _) {
            throw new LimpidException(
                    ErrorCode.NOT_FOUND,
                    folder + " cannot be read",
                    "permission denied",
                    "scan it as its owner or as root");
        }
    }
}
