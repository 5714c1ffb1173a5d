package io.limpid.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of changed vulnerabilities.
 *
 * @param attempts for each notification before it is left for later
 * @param renotify after which a notification that nobody deleted is sent again
 * @param check between two looks for new ones
 * @param claim how long a server that tells one may be silent before another one tells it
 * @param endpoint of the webhook
 * @param serverName that its certificate must have, or null for the host's
 */
public record NotifierSettings(
        int attempts,
        Duration renotify,
        Duration check,
        Duration claim,
        URI endpoint,
        @Nullable String serverName,
        @Nullable Path authorities,
        @Nullable Path key,
        @Nullable Path certificate,
        @Nullable URI proxy) {}
