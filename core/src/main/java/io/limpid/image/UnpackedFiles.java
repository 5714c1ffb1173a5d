package io.limpid.image;

import io.limpid.model.Limits;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a layer that was unpacked, by the names that its archive has for them: links are followed as if its folder were the root. */
final class UnpackedFiles implements Closeable {
    private final OpenFolder root;
    private final Limits limits;
    private OpenFolder last;
    private String lastName = "";

    /**
     * @param root closed with this
     * @param limits bounds the links that are followed
     */
    UnpackedFiles(OpenFolder root, Limits limits) {
        this.root = root;
        this.limits = limits;
        this.last = root;
    }

    /**
     * Opens a regular file.
     *
     * @throws IOException when there is none, or what is there is something else
     */
    SeekableByteChannel open(String name) throws IOException {
        int slash = name.lastIndexOf('/');
        OpenFolder folder = folder(name.substring(0, Math.max(slash, 0)));
        Path base = path(name.substring(slash + 1));
        if (!folder.attributes(base).isRegularFile()) {
            throw new IOException("it is no regular file");
        }
        return folder.file(base);
    }

    /** The folder, kept open until another one is asked for: an archive has the files of a folder one after the other. */
    private OpenFolder folder(String name) throws IOException {
        if (!name.equals(lastName)) {
            forget();
            last = find(name);
            lastName = name;
        }
        return last;
    }

    private void forget() throws IOException {
        OpenFolder before = last;
        last = root;
        lastName = "";
        if (before != root) {
            before.close();
        }
    }

    private OpenFolder find(String name) throws IOException {
        Deque<OpenFolder> way = new ArrayDeque<>();
        Deque<String> pending = new ArrayDeque<>(List.of(name.split("/", -1)));
        int hops = 0;
        try {
            while (!pending.isEmpty()) {
                String part = pending.removeFirst();
                if (part.equals("..")) {
                    leave(way, Math.min(way.size(), 1));
                } else if (!part.isEmpty() && !part.equals(".")) {
                    String target = enter(way, path(part));
                    if (target != null) {
                        if (++hops > limits.linkHops() || target.length() + pending.size() > limits.pathBytes()) {
                            throw new IOException("it is behind too many links (limit link-hops)");
                        }
                        leave(way, target.startsWith("/") ? way.size() : 0);
                        List.of(target.split("/", -1)).reversed().forEach(pending::addFirst);
                    }
                }
            }
            return way.isEmpty() ? root : way.removeFirst();
        } finally {
            leave(way, way.size());
        }
    }

    /** Goes into a folder; where a link is in its place its target is returned instead. */
    private @Nullable String enter(Deque<OpenFolder> way, Path name) throws IOException {
        OpenFolder current = way.isEmpty() ? root : way.getFirst();
        try {
            way.addFirst(current.folder(name));
            return null;
        } catch (FileSystemException e) {
            BasicFileAttributes attributes = current.attributes(name);
            if (attributes.isSymbolicLink()) {
                return current.target(name, attributes);
            }
            throw e;
        }
    }

    private static void leave(Deque<OpenFolder> way, int folders) throws IOException {
        for (int i = 0; i < folders; i++) {
            way.removeFirst().close();
        }
    }

    /** The path that a name is; an error where the language of the process has no characters for it. */
    static Path path(String name) throws IOException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        forget();
        root.close();
    }
}
