package io.limpid.image.registry;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Runs Docker's credential helpers ({@code docker-credential-NAME}), which core does not do itself: it starts no processes. */
public interface HelperProgram {
    /** Runs none. */
    HelperProgram NONE = (_, _) -> null;

    /**
     * What the helper answers to {@code get}: a JSON document, not believed; null when it has nothing for the server.
     *
     * @param name of the helper, checked to be a plain word
     * @param server what it is asked for
     * @throws io.limpid.model.LimpidException when it cannot be run, fails or does not come to an end
     */
    @Nullable
    String get(String name, String server) throws IOException;
}
