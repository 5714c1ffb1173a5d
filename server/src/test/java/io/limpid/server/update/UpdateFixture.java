package io.limpid.server.update;

import io.limpid.feed.FeedPart;
import io.limpid.feed.Feeds;
import io.limpid.model.ClairSeverity;
import io.limpid.model.Limits;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.TransferProgress;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.GenerationStore;
import io.limpid.server.store.KeyValueStore;
import io.limpid.server.store.Leases;
import io.limpid.server.store.TestDatabases;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.snapshot.Origin;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.SnapshotUpdater;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Updaters over a mirror that serves what a test says, and a database of their own. */
final class UpdateFixture implements AutoCloseable {
    final FaultServer mirror;
    final TestDatabases.Fresh fresh;
    final KeyValueStore values;
    final VulnerabilityStore vulnerabilities;
    final Leases leases;
    private final OutboundClient client;
    private final FeedUpdate update;
    private final Leases.Lease lease;

    UpdateFixture(Path cache) throws Exception {
        mirror = FaultServer.start();
        fresh = TestDatabases.fresh();
        values = new KeyValueStore(fresh.database());
        vulnerabilities = new VulnerabilityStore(fresh.database(), 100);
        leases = new Leases(fresh.database());
        lease = leases.acquire(UpdateLoop.LEASE, "test", Duration.ofMinutes(5)).orElseThrow();
        client = new OutboundClient(NetSettings.fromEnvironment(Map.of(), "test"));
        update = update(cache);
    }

    /** Updaters that keep what they fetch in another folder, as those of another server do. */
    FeedUpdate update(Path cache) {
        return update(cache, Set.of());
    }

    /** Those of an operator who insists on some. */
    FeedUpdate update(Path cache, Set<Updater> forced) {
        SnapshotStore files = new SnapshotStore(cache, new Origin(mirror.url("")), Limits.DEFAULT);
        return new FeedUpdate(
                Feeds.all(),
                files,
                fetcher(files),
                new GenerationStore(fresh.database()),
                values,
                forced,
                Clock.systemUTC());
    }

    private SnapshotUpdater fetcher(SnapshotStore files) {
        return new SnapshotUpdater(
                files,
                request -> {
                    try {
                        return client.download(request, TransferProgress.NONE);
                    } catch (InterruptedException e) {
                        throw new InterruptedIOException(e.toString());
                    }
                },
                Clock.systemUTC());
    }

    /** Nobody updates: whoever starts may. */
    void giveBack() throws ClairException {
        leases.release(lease);
    }

    /** What runs on one server. */
    UpdateLoop loop(Path cache, UpdateLoop.Settings settings, String owner, Metrics metrics) {
        SnapshotStore files = new SnapshotStore(cache, new Origin(mirror.url("")), Limits.DEFAULT);
        return UpdateLoop.start(
                Feeds.all(),
                files,
                fetcher(files),
                new GenerationStore(fresh.database()),
                values,
                leases,
                settings,
                owner,
                metrics);
    }

    /** Another server gets the lease. */
    void loseTheLease() throws ClairException {
        leases.release(lease);
        if (leases.acquire(UpdateLoop.LEASE, "another", Duration.ofMinutes(5)).isEmpty()) {
            throw new IllegalStateException("somebody else has it");
        }
    }

    Optional<UpdaterState> run(Updater updater) throws InterruptedException {
        return run(update, updater);
    }

    Optional<UpdaterState> run(FeedUpdate other, Updater updater) throws InterruptedException {
        return other.run(updater, lease);
    }

    UpdaterState ran(Updater updater) throws InterruptedException {
        return run(updater).orElseThrow();
    }

    /** What is known of vulnerabilities besides is fetched; what could not be. */
    List<String> details() throws InterruptedException {
        return update.details();
    }

    /** The mirror answers so where it is asked for a document of a part. */
    void serve(String feed, String part, String document, Answer answer) {
        serve(document(feed, part, document), answer);
    }

    void serve(String url, Answer answer) {
        mirror.on(url.replaceFirst("https?:/", ""), answer);
    }

    static String document(String feed, String part, String document) {
        return Feeds.all().stream()
                .filter(one -> one.id().equals(feed))
                .flatMap(one -> one.parts().stream())
                .filter(one -> one.name().equals(part))
                .flatMap(one -> one.documents().stream())
                .filter(one -> one.name().equals(document))
                .map(FeedPart.Document::url)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    /** All that is stored: name, severity, namespace, package and version of each. */
    Set<String> stored() throws ClairException {
        Set<String> lines = new TreeSet<>();
        for (Namespace namespace : vulnerabilities.namespaces()) {
            for (Vulnerability one :
                    vulnerabilities.list(namespace.name(), 1000, 0).vulnerabilities()) {
                Vulnerability whole =
                        vulnerabilities.find(namespace.name(), one.name()).orElseThrow();
                for (FeatureVersion fix : whole.fixedIn()) {
                    lines.add(String.join(
                            " ",
                            whole.name(),
                            whole.severity().text(),
                            namespace.name(),
                            fix.feature().name(),
                            fix.version()));
                }
            }
        }
        return lines;
    }

    /** Stores a vulnerability as if an updater had told of it. */
    void vulnerability(String namespace, String name, Updater updater) throws ClairException {
        vulnerabilities.insert(
                new Vulnerability(
                        0, new Namespace(namespace, "rpm"), name, "", "", ClairSeverity.LOW, null, List.of(), ""),
                false);
        fresh.toldBy(updater.text(), name);
    }

    long notifications() throws ClairException {
        return fresh.database().read(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT count(*) FROM notification")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    @Override
    public void close() throws IOException, SQLException {
        client.close();
        mirror.close();
        fresh.close();
    }
}
