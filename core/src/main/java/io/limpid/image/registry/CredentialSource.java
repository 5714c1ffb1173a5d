package io.limpid.image.registry;

import java.io.IOException;

/** Knows what a registry may be shown. */
public interface CredentialSource {
    /** Knows nothing for anybody. */
    CredentialSource NONE = (_, _) -> new Credentials.Anonymous();

    /**
     * The credentials that are for exactly this host.
     *
     * @param host the registry, with its port where its name has one
     * @param repository the repository in it: some credentials are for a part of a registry only
     */
    Credentials find(String host, String repository) throws IOException;
}
