package io.limpid.net;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one server that has an authority of its own, in PEM files, as Docker's daemon has.
 *
 * @param authorities whose certificates are believed, and no others; null for those of the Java platform
 * @param certificate what the server is shown to know who asks, with the chain to its authority; null for nothing
 * @param key the private key of that certificate; null where there is none
 * @param serverName what the server is called where that is not the host of its URL: it is asked for by that name and has to show a certificate for it;
 *     null for the host
 * @param verified whether the server has to show a certificate that is believed and is for its host; else whoever answers is believed
 */
public record TlsFiles(
        @Nullable Path authorities,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable String serverName,
        boolean verified) {

    public TlsFiles {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate is of use only with its key");
        }
    }
}
