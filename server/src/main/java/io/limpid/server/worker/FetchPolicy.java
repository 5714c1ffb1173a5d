package io.limpid.server.worker;

/** From where layers may be fetched, and whether their names are believed: {@code worker.fetch_policy}. */
public enum FetchPolicy {
    /** As Clair: from any address but link-local ones and those at which clouds hand out credentials. */
    CLAIR,
    /** From the public internet only; a name that is a digest is that of the layer's bytes. */
    STRICT
}
