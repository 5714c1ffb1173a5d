package io.limpid.image;

import io.limpid.image.registry.RegistryClient;
import io.limpid.model.Digest;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A blob in a registry, which is asked for it by its digest, each time that it is opened.
 *
 * @param size as the manifest claims
 */
record RegistryBlob(RegistryClient registry, Digest digest, long size) implements Blob {

    @Override
    public InputStream open() {
        return registry.blob(digest.toString(), size);
    }

    @Override
    public @Nullable FilePlace place() {
        return null;
    }

    @Override
    public boolean isForwardOnly() {
        return false;
    }

    @Override
    public @Nullable Digest address() {
        return digest;
    }

    @Override
    public @Nullable String host() {
        return registry.host();
    }
}
