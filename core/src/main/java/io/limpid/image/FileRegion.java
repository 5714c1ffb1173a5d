package io.limpid.image;

import java.io.InputStream;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that lie one after the other in an open file.
 *
 * @param archive the file
 */
record FileRegion(ArchiveBytes archive, FileChannel channel, FilePlace place, long size) implements Blob {

    @Override
    public InputStream open() {
        return new RegionStream(channel, place.offset(), size, () -> {});
    }

    @Override
    public @Nullable FilePlace identity() {
        return archive.identity(place.offset());
    }

    @Override
    public boolean isUnchanged() {
        return archive.isUnchanged();
    }
}
