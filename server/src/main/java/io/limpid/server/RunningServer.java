package io.limpid.server;

import io.limpid.feed.Feed;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.net.NetSettings;
import io.limpid.server.api.ApiOptions;
import io.limpid.server.api.ApiServer;
import io.limpid.server.api.Bounds;
import io.limpid.server.api.Endpoint;
import io.limpid.server.api.Health;
import io.limpid.server.api.Tls;
import io.limpid.server.api.v1.ApiV1;
import io.limpid.server.api.v1.PageTokens;
import io.limpid.server.api.v1.Readiness;
import io.limpid.server.clair.ClairException;
import io.limpid.server.config.ApiSettings;
import io.limpid.server.config.ListenAddress;
import io.limpid.server.config.NotifierSettings;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.config.UpdaterSettings;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.notify.Notifier;
import io.limpid.server.store.Database;
import io.limpid.server.store.DeletedRows;
import io.limpid.server.store.KeyValueStore;
import io.limpid.server.store.LayerStore;
import io.limpid.server.store.Leases;
import io.limpid.server.store.Migrations;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.StoreWatch;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.server.update.EnabledUpdaters;
import io.limpid.server.update.Updater;
import io.limpid.server.update.UpdaterKeys;
import io.limpid.server.worker.FetchPolicy;
import io.limpid.server.worker.LayerWorker;
import io.limpid.server.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server put together: what is started in Clair's order, and stopped in the reverse one. */
final class RunningServer implements AutoCloseable {
    private static final String OTHERWISE =
            " (updater.interval: 0 switches updaters off, api.unready_answers: clair answers all the same)";

    private static final double MILLIS = 1000;
    private static final Logger log = LoggerFactory.getLogger(RunningServer.class);

    /** What is stopped without a word of its own. */
    @FunctionalInterface
    private interface Stop {
        void now() throws IOException;
    }

    private final Deque<Stop> stops = new ArrayDeque<>();

    private RunningServer() {}

    /**
     * Starts all services; comes back when the ports answer.
     *
     * @param feeds all that there are
     * @param patience how long a database that is not up yet is waited for; null for as long as it takes
     * @throws LimpidException for whatever keeps it from starting, with what to do
     */
    static RunningServer start(
            ServerSettings settings, boolean insecureTls, String version, List<Feed> feeds, @Nullable Duration patience)
            throws IOException, InterruptedException {
        RunningServer server = new RunningServer();
        try {
            server.boot(settings, insecureTls, version, feeds, patience);
            return server;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /** Starts all services over a database that is open, has its tables, and stays open at the end. */
    static RunningServer over(Database database, ServerSettings settings, String version, List<Feed> feeds)
            throws IOException {
        RunningServer server = new RunningServer();
        try {
            server.serve(database, settings, false, version, feeds);
            return server;
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private void boot(
            ServerSettings settings, boolean insecureTls, String version, List<Feed> feeds, @Nullable Duration patience)
            throws IOException, InterruptedException {
        serve(database(settings, patience), settings, insecureTls, version, feeds);
    }

    private void serve(
            Database database, ServerSettings settings, boolean insecureTls, String version, List<Feed> feeds)
            throws IOException {
        Metrics metrics = new Metrics();
        database.watchedBy(new Measured(metrics));
        KeyValueStore values = new KeyValueStore(database);
        Leases leases = new Leases(database);
        EnabledUpdaters updaters = updaters(settings, values);
        if (settings.updater() != null) {
            metrics.lastRuns(() -> database.ping() ? Updates.lastRuns(updaters, values, leases) : Map.of());
            metrics.updaters(() -> database.ping() ? updaters.finished() : Map.of());
            metrics.advisoryAge(() -> database.ping() ? sinceLastUpdate(values, leases) : Double.NaN);
        }
        Duration keepDeleted = settings.database().keepDeleted();
        if (!keepDeleted.isZero()) {
            Sweeper sweeper = Sweeper.start(new DeletedRows(database), keepDeleted);
            stops.push(sweeper::close);
        }
        NotifierSettings notifier = settings.notifier();
        if (notifier == null) {
            log.atInfo().log("notifier service is disabled");
        } else {
            Notifier running = Notifiers.start(notifier, new NotificationStore(database), version, metrics);
            stops.push(() -> {
                running.close();
                Failpoint.NOTIFIER_STOPPED.hit();
            });
            Failpoint.NOTIFIER_STARTED.hit();
        }
        ApiSettings api = settings.api();
        if (api == null) {
            log.atInfo().log("main API service is disabled.");
        } else {
            api(settings, api, updaters, insecureTls, version, database, metrics);
        }
        if (settings.updater() == null) {
            log.atInfo().log("updater service is disabled.");
        } else {
            Path cache = OpenDatabase.folder(settings.database()).path();
            Updates running = Updates.start(feeds, settings.updater(), updaters, cache, database, version, metrics);
            stops.push(() -> {
                running.close();
                Failpoint.UPDATER_STOPPED.hit();
            });
        }
    }

    private Database database(ServerSettings settings, @Nullable Duration patience)
            throws IOException, InterruptedException {
        OpenDatabase open = OpenDatabase.open(settings.database(), patience);
        stops.push(open::close);
        Failpoint.DATABASE_FOUND.hit();
        Migrations.Outcome migrated = new Migrations().migrate(open.source(), patience);
        Failpoint.MIGRATED.hit();
        if (!migrated.applied().isEmpty()) {
            log.atInfo()
                    .addKeyValue("from", migrated.before())
                    .addKeyValue("to", migrated.after())
                    .log("database schema migrated");
        }
        Database.Settings usual = Database.Settings.DEFAULT;
        int connections = settings.database().connections();
        try {
            Database database = Database.open(
                    open.source(),
                    connections == 0
                            ? usual
                            : new Database.Settings(
                                    connections, usual.statement(), usual.lock(), usual.idle(), usual.connection()));
            stops.push(() -> {
                database.close();
                Failpoint.DATABASE_CLOSED.hit();
            });
            Failpoint.DATABASE_OPENED.hit();
            return database;
        } catch (ClairException e) {
            throw new LimpidException(
                    ErrorCode.NETWORK, "opening the database " + open.source(), String.valueOf(e.getMessage()), null);
        }
    }

    private static EnabledUpdaters updaters(ServerSettings settings, KeyValueStore values) throws LimpidException {
        UpdaterSettings updater = settings.updater();
        if (updater == null) {
            return EnabledUpdaters.none();
        }
        return EnabledUpdaters.of(updater.enabled(), each -> hasFinished(values, each));
    }

    /** In seconds; not a number when there was none, or nobody can tell. */
    private static double sinceLastUpdate(KeyValueStore values, Leases leases) {
        try {
            Instant now = leases.now();
            return values.get(UpdaterKeys.LAST)
                    .flatMap(UpdaterKeys::moment)
                    .map(last -> (now.toEpochMilli() - last.toEpochMilli()) / MILLIS)
                    .orElse(Double.NaN);
        } catch (ClairException e) {
            log.atWarn().setCause(e).log("could not ask when the vulnerabilities were updated");
            return Double.NaN;
        }
    }

    /** Whoever cannot tell has not finished: the answer that follows is a refusal, never a clean one. */
    private static boolean hasFinished(KeyValueStore values, Updater updater) {
        try {
            return values.get(UpdaterKeys.finished(updater)).isPresent();
        } catch (ClairException e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("updater", updater.text())
                    .log("could not ask whether an updater has finished");
            return false;
        }
    }

    private void api(
            ServerSettings settings,
            ApiSettings api,
            EnabledUpdaters updaters,
            boolean insecureTls,
            String version,
            Database database,
            Metrics metrics)
            throws LimpidException {
        int known = settings.database().cacheSize();
        LayerStore layers = new LayerStore(database, known);
        WorkerSettings work = WorkerSettings.DEFAULT
                .withLocalRoots(settings.worker().localRoots())
                .withFetchPolicy(settings.worker().strict() ? FetchPolicy.STRICT : FetchPolicy.CLAIR);
        LayerWorker worker = new LayerWorker(
                layers,
                insecureTls ? work.withInsecureTls() : work,
                NetSettings.fromEnvironment(System.getenv(), version));
        stops.push(() -> {
            worker.close();
            Failpoint.WORKER_STOPPED.hit();
        });
        metrics.queue(
                () -> worker.load().waiting(), () -> worker.load().oldest().toMillis() / 1000.0);
        LocalCorrections corrections = LocalCorrections.read(api.overrides());
        corrections.tell(Clock.systemUTC());
        VulnerabilityStore vulnerabilities = new VulnerabilityStore(database, known);
        ApiV1 v1 = new ApiV1(
                layers,
                vulnerabilities,
                new NotificationStore(database),
                worker,
                api.answersUnready() ? Readiness.ALWAYS : name -> whyNot(updaters, vulnerabilities, name),
                corrections.at(Clock.systemUTC()),
                PageTokens.of(api.paginationKey(), Clock.systemUTC()),
                metrics);
        ApiServer server = ApiServer.start(
                new ApiOptions(
                        endpoint(api.address()),
                        endpoint(api.health()),
                        api.timeout(),
                        tls(api),
                        api.writeToken(),
                        Bounds.DEFAULT),
                v1.routes(),
                new Ready(database, api.answersUnready() ? EnabledUpdaters.none() : updaters),
                metrics);
        stops.push(() -> {
            server.close();
            Failpoint.API_STOPPED.hit();
        });
        Failpoint.PORTS_OPENED.hit();
        if (api.writeToken() == null) {
            log.atWarn()
                    .addKeyValue("address", api.address())
                    .log("whoever reaches the API may change vulnerabilities and delete layers; api.write_token"
                            + " would ask for a token");
        }
    }

    private static Optional<String> whyNot(
            EnabledUpdaters updaters, VulnerabilityStore vulnerabilities, String namespace) {
        Optional<Updater> awaited = updaters.awaitedFor(namespace);
        if (awaited.isPresent()) {
            return awaited.map(updater -> "the vulnerabilities of " + namespace + " are not complete: the updater "
                    + updater.text() + " has never finished" + OTHERWISE);
        }
        return updaters.servedBy(namespace)
                .filter(_ -> !speaksOf(vulnerabilities, namespace))
                .map(updater -> "nothing is known of the vulnerabilities of " + namespace + ": the updater "
                        + updater.text() + " had none of it" + OTHERWISE);
    }

    /** A release that its publisher does not have, or not yet, is not one without vulnerabilities. */
    private static boolean speaksOf(VulnerabilityStore vulnerabilities, String namespace) {
        try {
            return vulnerabilities.speaksOf(namespace);
        } catch (ClairException e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("namespace", namespace)
                    .log("could not ask whether anything is known of a namespace");
            return false;
        }
    }

    private static Endpoint endpoint(ListenAddress address) {
        return new Endpoint(address.host(), address.port());
    }

    private static @Nullable Tls tls(ApiSettings api) {
        Path certificate = api.certificate();
        Path key = api.key();
        return certificate == null || key == null ? null : new Tls(certificate, key, api.clientAuthorities());
    }

    /** What is asked of the database is measured. */
    private record Measured(Metrics metrics) implements StoreWatch {
        @Override
        public void asked(Question question, long nanos) {
            metrics.queried(question.name(), question.part(), nanos);
        }

        @Override
        public void failed(Question question) {
            metrics.sqlFailed(question.name());
        }

        @Override
        public void remembered(String object, boolean isHit) {
            metrics.cacheAsked(object, isHit);
        }

        @Override
        public void locking(int more) {
            metrics.lockWaiters(more);
        }
    }

    /** Healthy is whose database answers, and ready who need not say of any namespace that nobody knows yet. */
    private record Ready(Database database, EnabledUpdaters updaters) implements Health {
        @Override
        public boolean isAlive() {
            return database.ping();
        }

        @Override
        public List<String> missing() {
            return updaters.awaited().stream()
                    .map(updater -> "the updater " + updater.text() + " has never finished")
                    .toList();
        }
    }

    /** Stops all, what was started last first: the update, then the API, which ends what it has begun. */
    @Override
    public void close() {
        while (!stops.isEmpty()) {
            try {
                stops.pop().now();
            } catch (IOException | RuntimeException e) {
                log.atWarn().setCause(e).log("a service was not stopped in order");
            }
        }
    }
}
