package io.limpid.server.worker;

import io.limpid.format.BlockInputStream;
import io.limpid.image.OpenFolder;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers that lie in files below the folders that the operator has named.
 *
 * <p>Links are followed as long as they lead to places below these folders. What is opened then is reached from the folder by names that are no links, so
 * that nothing put in their place meanwhile leads out of it; and it is a regular file: anything else may wait for somebody, or do something.
 */
final class LocalLayers {
    private static final String KEY = "worker.local_layer_roots";

    private final List<Path> roots;

    LocalLayers(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * Opens a file.
     *
     * @throws LimpidException when it may not be read or is none
     * @throws IOException when it cannot be read
     */
    InputStream open(String name) throws IOException {
        if (roots.isEmpty()) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "local files are not read",
                    "no folder with layers is configured",
                    "name the folders with layers in " + KEY + ", or post an http or https URL");
        }
        Path real = path(name).toRealPath();
        for (Path root : roots) {
            Path realRoot = realOrNull(root);
            if (realRoot != null && real.startsWith(realRoot)) {
                return open(realRoot, realRoot.relativize(real));
            }
        }
        throw new LimpidException(
                ErrorCode.USAGE,
                real + " is not read",
                "it is below none of the folders in " + KEY,
                "add its folder to " + KEY + ", or post an http or https URL");
    }

    private static Path path(String name) throws LimpidException {
        try {
            // A slash at the end asks for a folder; Path would drop it.
            return Path.of(name.endsWith("/") ? name + "." : name);
        } catch (InvalidPathException e) {
            throw new LimpidException(ErrorCode.NOT_FOUND, "the path is none", e.getReason(), null);
        }
    }

    private static @Nullable Path realOrNull(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException _) {
            // A root that is not there has nothing in it.
            return null;
        }
    }

    private static InputStream open(Path root, Path inside) throws IOException {
        OpenFolder folder = OpenFolder.of(root);
        try {
            for (int i = 0; i < inside.getNameCount() - 1; i++) {
                OpenFolder next = folder.folder(inside.getName(i));
                folder.close();
                folder = next;
            }
            Path last = inside.getName(inside.getNameCount() - 1);
            BasicFileAttributes what = last.toString().isEmpty() ? folder.attributes() : folder.attributes(last);
            if (what.isDirectory()) {
                return new FolderBytes();
            }
            if (!what.isRegularFile()) {
                throw new LimpidException(
                        ErrorCode.USAGE, root.resolve(inside) + " is not read", "it is no regular file", null);
            }
            return Channels.newInputStream(folder.file(last));
        } finally {
            folder.close();
        }
    }

    /** What the original finds in a folder, which it can open and not read. */
    private static final class FolderBytes extends BlockInputStream {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("it is a folder");
        }
    }
}
