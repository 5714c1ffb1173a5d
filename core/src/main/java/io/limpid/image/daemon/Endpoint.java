package io.limpid.image.daemon;

import io.limpid.net.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a daemon listens.
 *
 * @param kind {@link #DOCKER} or {@link #PODMAN}: the scheme of the command line
 * @param socket the socket of the file system, null when it is asked over the network
 * @param url what the paths of its interface are resolved against
 * @param tls how TLS is spoken with it, null where that is as with anybody
 * @param setting what named it, for messages; null when nothing did and it is the usual place
 */
record Endpoint(
        String kind,
        @Nullable Path socket,
        URI url,
        @Nullable TlsFiles tls,
        @Nullable String setting) {
    static final String DOCKER = "docker";
    static final String PODMAN = "podman";

    static Endpoint ofSocket(String kind, Path socket, @Nullable String setting) {
        return new Endpoint(kind, socket, URI.create("http://localhost/"), null, setting);
    }

    /** What people call it. */
    String description() {
        String place = socket == null ? url.toString() : "unix://" + socket;
        String unverified = tls == null || tls.verified() ? "" : ", not verified";
        return (kind.equals(PODMAN) ? "podman at " : "the Docker daemon at ")
                + place
                + (setting == null ? "" : " (" + setting + unverified + ")");
    }
}
