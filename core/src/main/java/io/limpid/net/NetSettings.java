package io.limpid.net;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link OutboundClient} reaches the world.
 *
 * @param proxies which proxy a URL is fetched through
 * @param caFile certificates in PEM form that are trusted besides those of the Java platform, null for none
 * @param addresses which addresses may be dialled
 * @param deadlines how long a request may take
 * @param retries how stubbornly a download is repeated
 * @param userAgent what the requests say they come from
 */
public record NetSettings(
        ProxyRules proxies,
        @Nullable Path caFile,
        AddressPolicy addresses,
        Deadlines deadlines,
        Retries retries,
        String userAgent) {

    public NetSettings {
        if (!Headers.isValue(userAgent)) {
            throw new IllegalArgumentException("no user agent: " + userAgent);
        }
    }

    /**
     * The settings of the environment: proxies as {@link ProxyRules#fromEnvironment} reads them, certificates from {@code SSL_CERT_FILE}.
     *
     * @param environment as {@link System#getenv()} gives it
     * @param version of Limpid, for the user agent
     */
    public static NetSettings fromEnvironment(Map<String, String> environment, String version) {
        String certificates = environment.getOrDefault("SSL_CERT_FILE", "");
        return new NetSettings(
                ProxyRules.fromEnvironment(environment),
                certificates.isEmpty() ? null : Path.of(certificates),
                AddressPolicy.ALL_BUT_METADATA,
                Deadlines.DEFAULT,
                Retries.DEFAULT,
                "limpid/" + version);
    }

    /** The same with other proxies. */
    public NetSettings withProxies(ProxyRules other) {
        return new NetSettings(other, caFile, addresses, deadlines, retries, userAgent);
    }

    /** The same with other certificates. */
    public NetSettings withCaFile(@Nullable Path other) {
        return new NetSettings(proxies, other, addresses, deadlines, retries, userAgent);
    }

    /** The same with another policy. */
    public NetSettings withAddresses(AddressPolicy other) {
        return new NetSettings(proxies, caFile, other, deadlines, retries, userAgent);
    }

    /** The same with other deadlines. */
    public NetSettings withDeadlines(Deadlines other) {
        return new NetSettings(proxies, caFile, addresses, other, retries, userAgent);
    }

    /** The same with other repetitions. */
    public NetSettings withRetries(Retries other) {
        return new NetSettings(proxies, caFile, addresses, deadlines, other, userAgent);
    }
}
