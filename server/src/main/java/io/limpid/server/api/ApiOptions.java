package io.limpid.server.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the API answers.
 *
 * @param api where API v1 listens
 * @param health where health and readiness are asked
 * @param timeout after which a request is answered 503
 * @param tls null for plain HTTP; health is always plain
 * @param writeToken what a request that changes something has to show; null when everybody may
 */
public record ApiOptions(
        Endpoint api,
        Endpoint health,
        Duration timeout,
        @Nullable Tls tls,
        @Nullable String writeToken,
        Bounds bounds) {}
