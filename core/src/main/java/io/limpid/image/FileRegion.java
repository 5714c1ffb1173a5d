package io.limpid.image;

import java.io.InputStream;
import java.nio.channels.FileChannel;

/** Bytes that lie one after the other in an open file. */
final class FileRegion implements Blob {
    private final FileChannel channel;
    private final FilePlace place;
    private final long size;

    FileRegion(FileChannel channel, FilePlace place, long size) {
        this.channel = channel;
        this.place = place;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public FilePlace place() {
        return place;
    }

    @Override
    public InputStream open() {
        return new RegionStream(channel, place.offset(), size, () -> {});
    }
}
