package io.limpid.image.registry;

import org.jspecify.annotations.Nullable;

/** A manifest or index as a registry gave it; its digest has still to be computed. */
public final class Manifest {
    private final byte[] bytes;
    private final @Nullable String digest;

    Manifest(byte[] bytes, @Nullable String digest) {
        this.bytes = bytes;
        this.digest = digest;
    }

    /** What came. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The digest that the registry says it has ({@code Docker-Content-Digest}), which others ask for it by; null when it says nothing. */
    public @Nullable String digest() {
        return digest;
    }
}
