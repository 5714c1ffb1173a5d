package io.limpid.image.daemon;

import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.ImageSource;
import io.limpid.image.PassingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Images that a Docker daemon or podman holds; a name without a scheme asks Docker. */
public final class DaemonSource implements ImageSource {
    /** Set, it has every image exported, also those that could be read where the daemon keeps them. */
    private static final String EXPORT = "LIMPID_DOCKER_EXPORT";

    @Override
    public List<String> schemes() {
        return List.of(Endpoint.DOCKER, Endpoint.PODMAN);
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
        return open(scheme, request, PassingReader.NONE);
    }

    @Override
    public Image open(String scheme, ImageRequest request, PassingReader reader) throws IOException {
        String kind = scheme.isEmpty() ? Endpoint.DOCKER : scheme;
        Endpoint endpoint = Endpoints.ofProcess().of(kind, request.limits());
        return new DaemonImages(endpoint, DaemonDeadlines.DEFAULT, System.getenv(EXPORT) == null).open(request, reader);
    }
}
