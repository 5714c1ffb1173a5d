package io.limpid.server.api;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of HTTPS.
 *
 * @param certificate with the chain to its authority
 * @param key of the certificate
 * @param clientAuthorities those of clients, which then need a certificate; null for none
 */
public record Tls(Path certificate, Path key, @Nullable Path clientAuthorities) {}
