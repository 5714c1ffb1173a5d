package io.limpid.server.api.v1;

import java.util.Optional;

/** Whether the vulnerabilities of a namespace are known well enough to say what a layer does not have. */
@FunctionalInterface
public interface Readiness {
    /** For servers whose namespaces are filled by their clients. */
    Readiness ALWAYS = _ -> Optional.empty();

    /** Why an answer about a namespace would look safe and not be; nothing when it is ready. */
    Optional<String> whyNot(String namespace);
}
