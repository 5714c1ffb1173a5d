package io.limpid.server.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which advisories are fetched, and how often.
 *
 * @param interval between two updates, not zero
 * @param enabled names of the updaters that run; null for all
 * @param lease how long the one server that updates may be silent before another one takes over
 * @param forced names of the updaters of which data are taken that are suspiciously few or old
 * @param mirror under which every feed is found, or null
 */
public record UpdaterSettings(
        Duration interval,
        Duration lease,
        @Nullable List<String> enabled,
        List<String> forced,
        @Nullable URI mirror) {
    /** The key of {@link #forced}. */
    public static final String FORCE = "updater.force";

    public UpdaterSettings {
        forced = List.copyOf(forced);
    }
}
