package io.limpid.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * Why something may be missing in advisory data.
 *
 * @param namespace the release that it concerns, null for all of the data
 * @param advisories how many there were of that release before they were lost; 0 when it concerns all of the data
 * @param what a sentence for people
 */
public record Gap(@Nullable String namespace, long advisories, String what) {

    /** A gap in all of the data. */
    static Gap ofAll(String what) {
        return new Gap(null, 0, what);
    }

    boolean concerns(String other) {
        return namespace == null || namespace.equals(other);
    }
}
