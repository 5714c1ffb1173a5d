package io.limpid.facts;

import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Bytes in memory that say where in a file they are. */
final class MemoryBlob implements Blob {
    private final byte[] bytes;
    private final @Nullable FilePlace place;
    private final AtomicInteger opened = new AtomicInteger();
    private boolean changed;

    MemoryBlob(byte[] bytes, @Nullable FilePlace place) {
        this.bytes = bytes;
        this.place = place;
    }

    /** How often somebody has looked at the bytes. */
    int opened() {
        return opened.get();
    }

    /** From now on its file is not the one that was opened. */
    void change() {
        changed = true;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        opened.incrementAndGet();
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable FilePlace place() {
        return place;
    }

    @Override
    public @Nullable FilePlace identity() {
        return place;
    }

    @Override
    public boolean isUnchanged() {
        return place != null && !changed;
    }
}
