package io.limpid.layer;

import java.io.IOException;

/** A layer whose wanted files do not fit into its share of the memory that layers may take together: it has to be read alone. */
public final class CrowdedException extends IOException {
    private static final long serialVersionUID = 1L;

    CrowdedException(long share) {
        super("its wanted files have more than " + share + " bytes");
    }
}
