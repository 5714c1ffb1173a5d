package io.limpid.cli;

import io.limpid.feed.Feeds;
import io.limpid.feed.nvd.NvdRequests;
import io.limpid.match.AdvisorySupply;
import io.limpid.model.Limits;
import io.limpid.net.Download;
import io.limpid.net.DownloadRequest;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.TransferProgress;
import io.limpid.snapshot.MirrorFolder;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.SnapshotSupply;
import io.limpid.snapshot.SnapshotUpdater;
import io.limpid.snapshot.SupplyPolicy;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what keeps and fetches advisories; the client for the network is made when the first document is fetched. */
final class AdvisoryAccess implements Closeable {
    private final AdvisoryOptions options;
    private final Map<String, String> environment;
    private final TransferProgress progress;
    private final NvdRequests nvd;
    private final SnapshotStore store;
    private final SnapshotUpdater updater;
    private @Nullable OutboundClient client;

    AdvisoryAccess(AdvisoryOptions options, Limits limits, Map<String, String> environment, TransferProgress progress) {
        this.options = options;
        this.environment = environment;
        this.progress = progress;
        this.nvd = new NvdRequests(environment);
        this.store = new SnapshotStore(options.cache(), options.origin(), limits);
        this.updater = new SnapshotUpdater(store, new MirrorFolder(this::download), Clock.systemUTC());
    }

    SnapshotStore store() {
        return store;
    }

    SnapshotUpdater updater() {
        return updater;
    }

    /** What a scan gets its advisories from. */
    AdvisorySupply supply() {
        SupplyPolicy policy = new SupplyPolicy(options.offline(), options.refresh(), SupplyPolicy.DEFAULT.deadline());
        return new SnapshotSupply(Feeds.all(), store, updater, policy, Clock.systemUTC());
    }

    private Download download(DownloadRequest request) throws IOException {
        try {
            return client().download(nvd.asked(request), progress);
        } catch (InterruptedException e) {
            InterruptedIOException interrupted = new InterruptedIOException("while a document was fetched");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** The one client for all that a command fetches. */
    synchronized OutboundClient client() throws IOException {
        OutboundClient known = client;
        if (known == null) {
            NetSettings settings = NetSettings.fromEnvironment(environment, ProductVersion.number());
            known = new OutboundClient(options.caFile() == null ? settings : settings.withCaFile(options.caFile()));
            client = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
