package io.limpid.server.config;

import io.limpid.model.LimpidException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server is to do, as its configuration says.
 *
 * @param api null when it is switched off
 * @param updater null when it is switched off
 * @param notifier null when it is switched off, or nobody is to be told
 */
public record ServerSettings(
        DatabaseSettings database,
        @Nullable ApiSettings api,
        WorkerSettings worker,
        @Nullable UpdaterSettings updater,
        @Nullable NotifierSettings notifier) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final String ALL = "";
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * What a configuration says.
     *
     * @throws LimpidException when two of its keys contradict each other
     */
    public static ServerSettings of(Configuration from) throws LimpidException {
        return new ServerSettings(
                new DatabaseSettings(
                        from.get(Keys.SOURCE),
                        from.get(Keys.DATA_FOLDER),
                        from.require(Keys.CACHE_SIZE),
                        from.require(Keys.CONNECTIONS),
                        from.require(Keys.KEEP_DELETED)),
                from.isOn("api") ? api(from) : null,
                new WorkerSettings(
                        orEmpty(from.get(Keys.LAYER_ROOTS)),
                        from.require(Keys.FETCH_POLICY).equals("strict")),
                updater(from),
                notifier(from));
    }

    /** The same with a token that requests which change something have to show. */
    public ServerSettings withWriteToken(String token) {
        return new ServerSettings(database, api == null ? null : api.withWriteToken(token), worker, updater, notifier);
    }

    private static ApiSettings api(Configuration from) throws LimpidException {
        // Who wrote no file has not said that the network may ask.
        String host = from.hasFile() ? ALL : LOOPBACK;
        ListenAddress v1 = from.get(Keys.V1_ADDRESS);
        if (v1 == null && from.isSet(Keys.V3_ADDRESS) && !from.isSet(Keys.API_PORT)) {
            throw from.failure(
                    Keys.V3_ADDRESS,
                    "this is the address of API v3, which is not part of this version",
                    "name the address of API v1 with api.v1_addr, for example \":6060\"");
        }
        ListenAddress health = from.get(Keys.HEALTH_ADDRESS);
        together(from, Keys.API_CERTIFICATE, Keys.API_KEY, "set both for HTTPS, or none for HTTP");
        if (from.get(Keys.API_CA) != null && from.get(Keys.API_CERTIFICATE) == null) {
            throw from.failure(
                    Keys.API_CA,
                    "client certificates are asked for over HTTPS only",
                    "set api.certfile and api.keyfile too, or leave api.cafile out");
        }
        String sealing = from.get(Keys.PAGINATION_KEY);
        return new ApiSettings(
                v1 == null ? new ListenAddress(host, from.require(Keys.API_PORT)) : v1,
                health == null ? new ListenAddress(host, from.require(Keys.HEALTH_PORT)) : health,
                from.require(Keys.API_TIMEOUT),
                sealing == null ? from.get(Keys.OPTIONS_PAGINATION_KEY) : sealing,
                from.get(Keys.API_CERTIFICATE),
                from.get(Keys.API_KEY),
                from.get(Keys.API_CA),
                from.get(Keys.WRITE_TOKEN),
                from.require(Keys.UNREADY).equals("clair"),
                from.get(Keys.OVERRIDES));
    }

    private static @Nullable UpdaterSettings updater(Configuration from) throws LimpidException {
        List<String> enabled = from.get(Keys.UPDATERS);
        boolean none = enabled != null && enabled.isEmpty();
        if (!from.isOn("updater") || from.require(Keys.UPDATE_INTERVAL).isZero() || none) {
            return null;
        }
        List<String> forced = from.get(Keys.UPDATERS_FORCED);
        return new UpdaterSettings(
                from.require(Keys.UPDATE_INTERVAL),
                lasting(from, Keys.UPDATE_LEASE),
                enabled,
                forced == null ? List.of() : forced,
                from.get(Keys.MIRROR));
    }

    private static @Nullable NotifierSettings notifier(Configuration from) throws LimpidException {
        URI endpoint = from.get(Keys.ENDPOINT);
        if (!from.isOn("notifier") || endpoint == null) {
            return null;
        }
        together(
                from,
                Keys.HOOK_CERTIFICATE,
                Keys.HOOK_KEY,
                "set both for a webhook that asks who calls it, or none for another");
        return new NotifierSettings(
                from.require(Keys.ATTEMPTS),
                from.require(Keys.RENOTIFY),
                positive(from, Keys.CHECK),
                lasting(from, Keys.CLAIM),
                endpoint,
                from.get(Keys.HOOK_SERVER_NAME),
                from.get(Keys.HOOK_CA),
                from.get(Keys.HOOK_KEY),
                from.get(Keys.HOOK_CERTIFICATE),
                from.get(Keys.HOOK_PROXY));
    }

    /** A certificate and its key are both there, or neither of them is. */
    private static void together(Configuration from, Key<Path> certificate, Key<Path> key, String hint)
            throws LimpidException {
        boolean hasKey = from.get(key) != null;
        if (hasKey != (from.get(certificate) != null)) {
            throw from.failure(
                    hasKey ? key : certificate,
                    certificate.path() + " and " + key.path() + " belong together, and only one of them is set",
                    hint);
        }
    }

    /** A length of time that passes. */
    private static Duration positive(Configuration from, Key<Duration> key) throws LimpidException {
        Duration length = from.require(key);
        if (length.isZero()) {
            throw from.failure(key, "the database would be asked without a pause", "give it a second or more");
        }
        return length;
    }

    /** A length of time in which a living server can say that it lives. */
    private static Duration lasting(Configuration from, Key<Duration> key) throws LimpidException {
        Duration length = from.require(key);
        if (length.compareTo(SHORTEST) < 0) {
            throw from.failure(key, "a server could not renew it in time", "give it a second or more");
        }
        return length;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
