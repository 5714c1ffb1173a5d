package io.limpid.server;

import io.limpid.feed.Feed;
import io.limpid.feed.nvd.NvdRequests;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.Download;
import io.limpid.net.DownloadRequest;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.TransferProgress;
import io.limpid.server.clair.ClairException;
import io.limpid.server.config.UpdaterSettings;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.Database;
import io.limpid.server.store.GenerationStore;
import io.limpid.server.store.KeyValueStore;
import io.limpid.server.store.Leases;
import io.limpid.server.update.EnabledUpdaters;
import io.limpid.server.update.UpdateLoop;
import io.limpid.server.update.Updater;
import io.limpid.server.update.UpdaterKeys;
import io.limpid.server.update.UpdaterState;
import io.limpid.snapshot.MirrorFolder;
import io.limpid.snapshot.Origin;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.SnapshotUpdater;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The updater put together: where feeds are fetched from and kept, and what runs when. */
final class Updates implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Updates.class);
    private static final double MILLIS = 1000;

    private final OutboundClient client;
    private final UpdateLoop loop;

    private Updates(OutboundClient client, UpdateLoop loop) {
        this.client = client;
        this.loop = loop;
    }

    /**
     * Starts to update.
     *
     * @param feeds all that there are
     * @param cache the folder in which what was fetched is kept
     */
    static Updates start(
            List<Feed> feeds,
            UpdaterSettings settings,
            EnabledUpdaters updaters,
            Path cache,
            Database database,
            String version,
            Metrics metrics)
            throws LimpidException {
        OutboundClient client = new OutboundClient(NetSettings.fromEnvironment(System.getenv(), version));
        NvdRequests nvd = new NvdRequests(System.getenv());
        SnapshotStore files = new SnapshotStore(cache, new Origin(settings.mirror()), Limits.DEFAULT);
        SnapshotUpdater fetcher = new SnapshotUpdater(
                files,
                new MirrorFolder(request -> download(client, nvd, request)),
                Clock.systemUTC(),
                phase -> Failpoint.valueOf("FEED_" + phase).hit());
        return new Updates(
                client,
                UpdateLoop.start(
                        feeds,
                        files,
                        fetcher,
                        new GenerationStore(database),
                        new KeyValueStore(database),
                        new Leases(database),
                        new UpdateLoop.Settings(
                                settings.interval(),
                                settings.lease(),
                                updaters.enabled(),
                                EnabledUpdaters.named(settings.forced(), UpdaterSettings.FORCE)),
                        ProcessHandle.current().pid() + "-" + UUID.randomUUID(),
                        metrics));
    }

    /** How the last run of each updater ended, of those that ran; all by the database's clock. */
    static Map<String, Metrics.LastRun> lastRuns(EnabledUpdaters updaters, KeyValueStore values, Leases leases) {
        try {
            Map<String, String> states = values.get(
                    updaters.enabled().stream().map(UpdaterKeys::state).toList());
            Instant now = leases.now();
            Map<String, Metrics.LastRun> runs = new TreeMap<>();
            for (Updater updater : updaters.enabled()) {
                Optional.ofNullable(states.get(UpdaterKeys.state(updater)))
                        .flatMap(UpdaterState::of)
                        .ifPresent(state -> runs.put(updater.text(), lastRun(state, now)));
            }
            return runs;
        } catch (ClairException e) {
            log.atWarn().setCause(e).log("could not ask how updaters ended");
            return Map.of();
        }
    }

    private static Metrics.LastRun lastRun(UpdaterState state, Instant now) {
        Duration ago = Duration.between(state.ended(), now);
        return new Metrics.LastRun(state.vulnerabilities(), state.failure() != null, ago.toMillis() / MILLIS);
    }

    private static Download download(OutboundClient client, NvdRequests nvd, DownloadRequest request)
            throws IOException {
        try {
            return client.download(nvd.asked(request), TransferProgress.NONE);
        } catch (InterruptedException e) {
            InterruptedIOException interrupted = new InterruptedIOException("while a document was fetched");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    @Override
    public void close() {
        loop.stop();
        // A thread that waits for a publisher hears of nothing else.
        client.close();
        loop.close();
    }
}
