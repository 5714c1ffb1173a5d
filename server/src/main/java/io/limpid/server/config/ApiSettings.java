package io.limpid.server.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the API answers.
 *
 * @param address of API v1
 * @param health address of health and readiness
 * @param timeout after which a request is answered 503
 * @param paginationKey as it was written; null for one that is made at the start
 * @param certificate PEM file; with it API v1 speaks HTTPS
 * @param key PEM file of the certificate's key
 * @param clientAuthorities PEM file of the CAs whose client certificates are let in, then one is needed; or null
 * @param writeToken what a request that changes something has to show; null when everybody may
 * @param answersUnready whether vulnerabilities are told though the updater that serves their namespace has never finished
 * @param overrides file of local corrections of the vulnerabilities that are told of layers, or null
 */
public record ApiSettings(
        ListenAddress address,
        ListenAddress health,
        Duration timeout,
        @Nullable String paginationKey,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path clientAuthorities,
        @Nullable String writeToken,
        boolean answersUnready,
        @Nullable Path overrides) {

    /** The same with a token that requests which change something have to show. */
    public ApiSettings withWriteToken(String token) {
        return new ApiSettings(
                address,
                health,
                timeout,
                paginationKey,
                certificate,
                key,
                clientAuthorities,
                token,
                answersUnready,
                overrides);
    }
}
