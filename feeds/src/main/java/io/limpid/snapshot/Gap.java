package io.limpid.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * Why something may be missing in advisory data.
 *
 * @param namespace the release that it concerns, null for all of the data
 * @param what a sentence for people
 */
public record Gap(@Nullable String namespace, String what) {

    boolean concerns(String other) {
        return namespace == null || namespace.equals(other);
    }
}
