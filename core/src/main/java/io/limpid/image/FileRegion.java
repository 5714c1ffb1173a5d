package io.limpid.image;

import java.io.InputStream;
import java.nio.channels.FileChannel;

/** Bytes that lie one after the other in an open file. */
record FileRegion(FileChannel channel, FilePlace place, long size) implements Blob {

    @Override
    public InputStream open() {
        return new RegionStream(channel, place.offset(), size, () -> {});
    }
}
