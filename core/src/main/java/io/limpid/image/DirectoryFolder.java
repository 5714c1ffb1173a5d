package io.limpid.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An OCI layout on disk; only the names that the OCI image-layout specification gives are ever opened. */
final class DirectoryFolder implements BlobFolder {
    private static final Pattern NAMES = Pattern.compile("oci-layout|index\\.json|blobs/sha256/[0-9a-f]{64}");

    private final Path directory;
    private final List<FileChannel> open = new ArrayList<>();

    DirectoryFolder(Path directory) {
        this.directory = directory;
    }

    @Override
    public @Nullable Blob find(String name) throws IOException {
        if (!NAMES.matcher(name).matches()) {
            return null;
        }
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        open.add(channel);
        return new FileRegion(channel, FilePlace.of(file, 0), channel.size());
    }

    @Override
    public String description() {
        return directory.toString();
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : open) {
            channel.close();
        }
    }
}
