package io.limpid.image;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An OCI layout on disk; only the names that the OCI image-layout specification gives are ever opened.
 *
 * <p>A file is open only while it is read: an image may have more layers than a process may have open files.
 */
final class DirectoryFolder implements BlobFolder {
    private static final Pattern NAMES = Pattern.compile("oci-layout|index\\.json|blobs/sha256/[0-9a-f]{64}");

    private final Path directory;
    private final Path root;

    /**
     * @param directory a folder that is there
     */
    DirectoryFolder(Path directory) throws IOException {
        this.directory = directory;
        this.root = directory.toRealPath();
    }

    @Override
    public @Nullable Blob find(String name) throws IOException {
        if (!NAMES.matcher(name).matches()) {
            return null;
        }
        Path file = root.resolve(name);
        if (!Files.exists(file)) {
            if (Files.isSymbolicLink(file)) {
                throw linked(name, "to nothing, to " + Files.readSymbolicLink(file));
            }
            return null;
        }
        Path real = file.toRealPath();
        if (!real.startsWith(root)) {
            throw linked(name, "out of the folder, to " + real);
        }
        return Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS) ? new WholeFile(real, FilePlace.of(real, 0)) : null;
    }

    @Override
    public String description() {
        return directory.toString();
    }

    @Override
    public void close() {
        // No file is open that no stream reads.
    }

    private LimpidException linked(String name, String where) {
        return new LimpidException(
                ErrorCode.BROKEN_IMAGE,
                directory + " cannot be read",
                name + " is a link, or lies behind one, that leads " + where,
                "copy the folder with its contents, 'cp -rL " + directory + " COPY', and scan the copy");
    }

    /** A file with its size when it was found. */
    private record WholeFile(Path file, FilePlace place) implements Blob {

        @Override
        public @Nullable FilePlace identity() {
            return place.fileKey().isEmpty() ? null : place;
        }

        @Override
        public boolean isUnchanged() {
            try {
                return FilePlace.of(file, 0).equals(place);
            } catch (IOException _) {
                return false;
            }
        }

        @Override
        public long size() {
            return place.fileSize();
        }

        @Override
        public InputStream open() throws IOException {
            FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            try {
                if (!FilePlace.of(file, 0).equals(place) || !place.isOpenHere()) {
                    throw new IOException(file + " was changed while the image was read");
                }
                return new RegionStream(channel, 0, size(), channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }
}
