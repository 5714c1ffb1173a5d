package io.limpid.image;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A small document that is in memory. */
final class MemoryBlob implements Blob {
    private final byte[] content;

    MemoryBlob(byte[] content) {
        this.content = content;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public @Nullable FilePlace place() {
        return null;
    }
}
