package io.limpid.server.api;

import java.util.List;

/** What the health port says of the server. */
public interface Health {
    /** Whether the database answers. */
    boolean isAlive();

    /** What is not ready yet though the database answers, a line each; empty when all is. */
    List<String> missing();
}
