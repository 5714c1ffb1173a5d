package io.limpid.image.registry;

import java.net.URI;

/**
 * Where one repository is asked for.
 *
 * @param account the host that credentials are kept for
 * @param secure whether it is asked by HTTPS
 * @param host the host that is asked, with its port where it has one
 * @param repository the repository, as it is called there
 */
record Endpoint(String account, boolean secure, String host, String repository) {
    /** What Docker Hub is called in names of images. */
    static final String DOCKER_HUB = "docker.io";

    /** What it was called, and still is here and there. */
    static final String OLD_DOCKER_HUB = "index.docker.io";

    /** Where its registry is. */
    static final String DOCKER_HUB_REGISTRY = "registry-1.docker.io";

    static Endpoint of(String registry, String repository, boolean secure) {
        String host = registry.equals(DOCKER_HUB) ? DOCKER_HUB_REGISTRY : registry;
        return new Endpoint(registry, secure, host, repository);
    }

    static Endpoint of(Mirror mirror, String repository) {
        return new Endpoint(mirror.host(), mirror.secure(), mirror.host(), mirror.folder() + repository);
    }

    /** Something of the repository: {@code manifests/TAG}, {@code blobs/DIGEST}. */
    URI url(String rest) {
        return URI.create(root() + "/v2/" + repository + "/" + rest);
    }

    /** What every registry has. */
    URI base() {
        return URI.create(root() + "/v2/");
    }

    private String root() {
        return (secure ? "https://" : "http://") + host;
    }

    /** The host without its port. */
    static String name(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    /** Whether a host is this machine, by its very name or address. */
    static boolean isLoopback(String authority) {
        String name = name(authority);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(?:\\.\\d{1,3}){3}");
    }
}
