package io.limpid.server.store;

import io.limpid.format.Nearest;
import io.limpid.model.LimpidException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The keys of a connection string: libpq's, and the server's settings that may stand among them. */
final class SourceKeys {
    /** Of libpq, to the driver's own name of the same thing. */
    private static final Map<String, String> DRIVER = Map.ofEntries(
            Map.entry("application_name", "ApplicationName"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("krbsrvname", "kerberosServerName"),
            Map.entry("options", "options"),
            Map.entry("require_auth", "requireAuth"),
            Map.entry("sslcert", "sslcert"),
            Map.entry("sslkey", "sslkey"),
            Map.entry("sslmode", "sslmode"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("sslpassword", "sslpassword"),
            Map.entry("sslrootcert", "sslrootcert"));

    /** Read here. */
    private static final Set<String> OURS = Set.of(
            "host",
            "hostaddr",
            "port",
            "dbname",
            "user",
            "password",
            "passfile",
            "keepalives",
            "load_balance_hosts",
            "target_session_attrs",
            "fallback_application_name");

    /** Without a meaning for this driver, and without harm. */
    private static final Set<String> IGNORED = Set.of(
            "client_encoding",
            "gssdelegation",
            "gsslib",
            "keepalives_count",
            "keepalives_idle",
            "keepalives_interval",
            "sslcompression",
            "sslsni",
            "tcp_user_timeout",
            "binary_parameters",
            "disable_prepared_binary_result");

    /** What libpq knows and to leave out would weaken. */
    private static final Set<String> REFUSED = Set.of(
            "replication",
            "requirepeer",
            "requiressl",
            "service",
            "servicefile",
            "ssl_max_protocol_version",
            "ssl_min_protocol_version",
            "sslcertmode",
            "sslcrl",
            "sslcrldir");

    /** The server's settings that Clair's driver took among the keys. */
    private static final Set<String> SETTINGS = Set.of(
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "timezone",
            "work_mem",
            "maintenance_work_mem",
            "synchronous_commit",
            "role");

    private static final Map<String, String> TARGETS = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private SourceKeys() {}

    /**
     * Refuses what is no key.
     *
     * @param before the key before it: what follows a password that was not quoted is not shown
     */
    static void check(String key, String before) throws LimpidException {
        if (REFUSED.contains(key)) {
            throw SourceText.wrong("key " + key + " is not supported", "leave it out when that is safe");
        }
        if (DRIVER.containsKey(key) || OURS.contains(key) || IGNORED.contains(key) || SETTINGS.contains(key)) {
            return;
        }
        if (before.equals("password") || before.equals("sslpassword")) {
            throw SourceText.wrong(
                    "what follows the value of " + before + " is no key",
                    "a value with spaces stands in single quotes, with \\' for a quote; in a URL & is %26");
        }
        Set<String> all = new TreeSet<>(DRIVER.keySet());
        all.addAll(OURS);
        all.addAll(SETTINGS);
        throw SourceText.wrong(Nearest.unknown("key", key, all), null);
    }

    /** What the driver is told. */
    static SortedMap<String, String> driver(Map<String, String> values) throws LimpidException {
        SortedMap<String, String> properties = new TreeMap<>();
        for (var value : values.entrySet()) {
            String name = DRIVER.get(value.getKey());
            if (name != null && !value.getValue().isEmpty()) {
                properties.put(name, value.getValue());
            }
        }
        String fallback = values.get("fallback_application_name");
        if (fallback != null) {
            properties.putIfAbsent("ApplicationName", fallback);
        }
        if ("0".equals(values.get("keepalives"))) {
            properties.put("tcpKeepAlive", "false");
        }
        if ("random".equals(values.get("load_balance_hosts"))) {
            properties.put("loadBalanceHosts", "true");
        }
        target(values, properties);
        timeout(properties);
        ssl(properties);
        return properties;
    }

    private static void target(Map<String, String> values, SortedMap<String, String> properties)
            throws LimpidException {
        String wanted = values.get("target_session_attrs");
        if (wanted != null) {
            String type = TARGETS.get(wanted);
            if (type == null) {
                throw SourceText.wrong(Nearest.unknown("target_session_attrs", wanted, TARGETS.keySet()), null);
            }
            properties.put("targetServerType", type);
        }
    }

    private static void timeout(SortedMap<String, String> properties) throws LimpidException {
        String seconds = properties.get("connectTimeout");
        if (seconds != null && !seconds.matches("-?\\d{1,9}")) {
            throw SourceText.wrong("connect_timeout is no number of seconds", null);
        }
        if (seconds != null && seconds.startsWith("-")) {
            properties.put("connectTimeout", "0");
        }
    }

    private static void ssl(SortedMap<String, String> properties) throws LimpidException {
        String mode = properties.get("sslmode");
        if (mode != null && !SSL_MODES.contains(mode)) {
            throw SourceText.wrong(Nearest.unknown("sslmode", mode, SSL_MODES), null);
        }
        String roots = properties.get("sslrootcert");
        if ("system".equals(roots)) {
            if (mode != null && !mode.equals("verify-full")) {
                throw SourceText.wrong("sslrootcert=system needs sslmode=verify-full", null);
            }
            properties.remove("sslrootcert");
            properties.put("sslmode", "verify-full");
            properties.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        } else if (roots != null && "require".equals(mode)) {
            // As libpq: who names the roots wants them looked at.
            properties.put("sslmode", "verify-ca");
        }
    }

    /** What is set for each session. */
    static SortedMap<String, String> settings(Map<String, String> values) {
        SortedMap<String, String> settings = new TreeMap<>(values);
        settings.keySet().retainAll(SETTINGS);
        return settings;
    }
}
