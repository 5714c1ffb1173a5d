package io.limpid.server.config;

import io.limpid.server.config.Key.Trait;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** All keys of the configuration file: Clair 2.0's, those of v3's layout, and our own. */
final class Keys {
    static final Key<String> DATABASE_TYPE =
            new Key<>("database.type", Form.choice("pgsql"), "pgsql", "the kind of database");
    static final Key<String> SOURCE = new Key<>(
            "database.options.source",
            Form.TEXT,
            "",
            "PostgreSQL's connection string, a URL or key=value pairs; without one the server runs a PostgreSQL of its"
                    + " own",
            Trait.SECRET);
    static final Key<Path> DATA_FOLDER = new Key<>(
            "database.options.datafolder",
            Form.FILE,
            "",
            "folder of the server's own PostgreSQL; ~/.local/share/limpid, for root /var/lib/limpid, when not set");
    static final Key<Integer> CACHE_SIZE =
            new Key<>("database.options.cachesize", Form.COUNT, "16384", "names whose rows are remembered; 0 for none");
    static final Key<Integer> CONNECTIONS = new Key<>(
            "database.options.maxopenconnections",
            Form.COUNT,
            "0",
            "connections to the database at most; 0 for as many as are useful");
    static final Key<Duration> KEEP_DELETED = new Key<>(
            "database.options.keepdeleted",
            Form.DURATION,
            "720h",
            "after which deleted notifications, and deleted vulnerabilities that no notification tells of, are swept; 0"
                    + " for never, as in Clair");
    static final Key<String> OPTIONS_PAGINATION_KEY =
            new Key<>("database.options.paginationkey", Form.TEXT, "", "v3's place of api.paginationkey", Trait.SECRET);
    static final Key<Integer> API_PORT = new Key<>("api.port", Form.PORT, "6060", "port of API v1, on all addresses");
    static final Key<Integer> HEALTH_PORT =
            new Key<>("api.healthport", Form.PORT, "6061", "port of /health and /readyz, on all addresses");
    static final Key<ListenAddress> V1_ADDRESS =
            new Key<>("api.v1_addr", Form.ADDRESS, "", "address of API v1, instead of api.port");
    static final Key<ListenAddress> V3_ADDRESS = new Key<>("api.addr", Form.ADDRESS, "", "address of API v3");
    static final Key<ListenAddress> HEALTH_ADDRESS =
            new Key<>("api.healthaddr", Form.ADDRESS, "", "address of /health and /readyz, instead of api.healthport");
    static final Key<Duration> API_TIMEOUT =
            new Key<>("api.timeout", Form.DURATION, "900s", "a request that takes longer is answered 503");
    static final Key<String> PAGINATION_KEY = new Key<>(
            "api.paginationkey",
            Form.TEXT,
            "",
            "32 bytes in base64 or hex by which page tokens are sealed; made anew at each start when not set",
            Trait.SECRET);
    static final Key<Path> API_CA = new Key<>(
            "api.cafile",
            Form.FILE,
            "",
            "PEM file of the CAs whose client certificates are let in; then one is needed");
    static final Key<Path> API_KEY = new Key<>("api.keyfile", Form.FILE, "", "PEM file of the key of api.certfile");
    static final Key<Path> API_CERTIFICATE =
            new Key<>("api.certfile", Form.FILE, "", "PEM file of the server's certificate; then API v1 speaks HTTPS");
    static final Key<String> UNREADY = new Key<>(
            "api.unready_answers",
            Form.choice("refuse", "clair"),
            "refuse",
            "vulnerabilities of a layer whose updater has never finished: refuse answers 503, clair what there is,"
                    + " maybe nothing");
    static final Key<Path> OVERRIDES = new Key<>(
            "api.overrides",
            Form.FILE,
            "",
            "file of local corrections of the vulnerabilities that are told of layers; read at the start");
    static final Key<String> WRITE_TOKEN = new Key<>(
            "api.write_token",
            Form.TEXT,
            "",
            "a request that changes something needs it as Authorization: Bearer TOKEN; not set, anybody who reaches"
                    + " the port may",
            Trait.SECRET);
    static final Key<List<Path>> LAYER_ROOTS = new Key<>(
            "worker.local_layer_roots",
            Form.FOLDERS,
            "",
            "folders in which the Path of a layer may be a local file; none by default");
    static final Key<String> FETCH_POLICY = new Key<>(
            "worker.fetch_policy",
            Form.choice("clair", "strict"),
            "clair",
            "where layers may be fetched: clair takes private and loopback addresses too, strict public ones only, and"
                    + " compares bytes with a name that looks like a digest");
    static final Key<Duration> UPDATE_INTERVAL =
            new Key<>("updater.interval", Form.DURATION, "1h", "between two updates; 0 for none");
    static final Key<List<String>> UPDATERS = new Key<>(
            "updater.enabledupdaters", Form.TEXTS, "", "names of the updaters that run; all when not set, none for []");
    static final Key<List<String>> UPDATERS_FORCED = new Key<>(
            UpdaterSettings.FORCE,
            Form.TEXTS,
            "",
            "names of the updaters of which data are taken that are suspiciously few or old, as by limpid db update"
                    + " --force; none by default");
    static final Key<URI> MIRROR =
            new Key<>("updater.mirror", Form.URL, "", "every feed https://HOST/PATH is fetched as MIRROR/HOST/PATH");
    static final Key<Duration> UPDATE_LEASE = new Key<>(
            "updater.lease",
            Form.DURATION,
            "10m",
            "how long the one server that updates may be silent before another one takes over; at least 1s");
    static final Key<Integer> ATTEMPTS =
            new Key<>("notifier.attempts", Form.COUNT, "5", "tries for each notification before it is left for later");
    static final Key<Duration> RENOTIFY = new Key<>(
            "notifier.renotifyinterval",
            Form.DURATION,
            "2h",
            "after which a notification that nobody deleted is sent again");
    static final Key<Duration> CHECK =
            new Key<>("notifier.check_interval", Form.DURATION, "10s", "between two looks for new notifications");
    static final Key<Duration> CLAIM = new Key<>(
            "notifier.claim",
            Form.DURATION,
            "30s",
            "how long a server that tells a notification may be silent before another one tells it; at least 1s");
    static final Key<URI> ENDPOINT =
            new Key<>("notifier.http.endpoint", Form.URL, "", "webhook to which notifications are posted");
    static final Key<String> HOOK_SERVER_NAME =
            new Key<>("notifier.http.servername", Form.TEXT, "", "name that the webhook's certificate must have");
    static final Key<Path> HOOK_CA = new Key<>(
            "notifier.http.cafile",
            Form.FILE,
            "",
            "PEM file of the CAs that the webhook's certificate is checked with");
    static final Key<Path> HOOK_KEY =
            new Key<>("notifier.http.keyfile", Form.FILE, "", "PEM file of the key of notifier.http.certfile");
    static final Key<Path> HOOK_CERTIFICATE =
            new Key<>("notifier.http.certfile", Form.FILE, "", "PEM file of the certificate that the webhook is shown");
    static final Key<URI> HOOK_PROXY =
            new Key<>("notifier.http.proxy", Form.URL, "", "proxy through which the webhook is called");

    private static final List<Key<?>> ALL = List.of(
            DATABASE_TYPE,
            SOURCE,
            DATA_FOLDER,
            CACHE_SIZE,
            CONNECTIONS,
            KEEP_DELETED,
            OPTIONS_PAGINATION_KEY,
            new Key<>("database.options.managedatabaselifecycle", Form.SWITCH, "false", "Clair's tests", Trait.UNUSED),
            new Key<>("database.options.fixturepath", Form.TEXT, "", "Clair's tests", Trait.UNUSED),
            API_PORT,
            HEALTH_PORT,
            V1_ADDRESS,
            V3_ADDRESS,
            HEALTH_ADDRESS,
            API_TIMEOUT,
            PAGINATION_KEY,
            new Key<>("api.servername", Form.TEXT, "", "in Clair's sample file", Trait.UNUSED),
            API_CA,
            API_KEY,
            API_CERTIFICATE,
            UNREADY,
            OVERRIDES,
            WRITE_TOKEN,
            LAYER_ROOTS,
            FETCH_POLICY,
            new Key<>("worker.namespace_detectors", Form.TEXTS, "", "early v3; all are on", Trait.UNUSED),
            new Key<>("worker.feature_listers", Form.TEXTS, "", "early v3; all are on", Trait.UNUSED),
            UPDATE_INTERVAL,
            UPDATERS,
            UPDATERS_FORCED,
            MIRROR,
            UPDATE_LEASE,
            ATTEMPTS,
            RENOTIFY,
            CHECK,
            CLAIM,
            ENDPOINT,
            HOOK_SERVER_NAME,
            HOOK_CA,
            HOOK_KEY,
            HOOK_CERTIFICATE,
            HOOK_PROXY);

    private Keys() {}

    static List<Key<?>> all() {
        return ALL;
    }
}
