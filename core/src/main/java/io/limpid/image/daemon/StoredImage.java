package io.limpid.image.daemon;

import io.limpid.image.DockerStore;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.model.ScanTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An image that is read where Docker keeps it, so that the daemon need not export it. */
final class StoredImage {
    private static final Path PROCESS = Path.of("/proc/self");

    private StoredImage() {}

    /** Opens the image; null where the daemon has to export it: it may be on another machine, keep images otherwise, or not let them be read. */
    static @Nullable Image find(Endpoint endpoint, Described described, ImageRequest request) {
        if (endpoint.socket() == null
                || !endpoint.kind().equals(Endpoint.DOCKER)
                || described.storage().folders().isEmpty()
                || !isRoot()) {
            return null;
        }
        try {
            Image image = DockerStore.open(
                    described.hex(),
                    described.diffIds(),
                    described.storage().folders(),
                    described.storage().addressed(),
                    request.location(),
                    request);
            ScanTarget found = image.target();
            return image.as(
                    new ScanTarget(
                            endpoint.kind(),
                            request.location(),
                            found.imageId(),
                            found.manifestDigest(),
                            found.platform()),
                    image);
        } catch (IOException _) {
            // Whatever it is, the export tells it too.
            return null;
        }
    }

    /** Whether permissions do not keep this process from anything: without, it would find only on the way that a file may not be read. */
    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(PROCESS, "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return false;
        }
    }
}
