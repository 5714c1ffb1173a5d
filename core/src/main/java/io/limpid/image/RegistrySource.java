package io.limpid.image;

import io.limpid.image.registry.RegistryAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Images in registries; of its own classes none is touched before one is asked for. */
public final class RegistrySource implements ImageSource {
    private static final String SCHEME = "registry";

    private final Supplier<RegistryAccess> access;

    /**
     * A source of images in registries.
     *
     * @param access how they are reached; asked for once an image is opened
     */
    public RegistrySource(Supplier<RegistryAccess> access) {
        this.access = access;
    }

    @Override
    public List<String> schemes() {
        return List.of(SCHEME);
    }

    @Override
    public boolean accepts(Path path) {
        return false;
    }

    @Override
    public boolean namesImages() {
        return true;
    }

    @Override
    public Image open(String scheme, ImageRequest request) throws IOException {
        try {
            return new RegistryImages(access.get(), request, scheme.isEmpty()).open(SCHEME);
        } catch (UncheckedIOException e) {
            // Of a supplier, which has no other way to throw it.
            throw e.getCause();
        }
    }
}
