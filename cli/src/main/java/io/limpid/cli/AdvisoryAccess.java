package io.limpid.cli;

import io.limpid.feed.Feeds;
import io.limpid.feed.nvd.NvdApi;
import io.limpid.match.AdvisorySupply;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.Download;
import io.limpid.net.DownloadRequest;
import io.limpid.net.Headers;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.Pace;
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
    private final SnapshotStore store;
    private final SnapshotUpdater updater;
    private @Nullable OutboundClient client;
    private @Nullable Pace nvdPace;

    AdvisoryAccess(AdvisoryOptions options, Limits limits, Map<String, String> environment, TransferProgress progress) {
        this.options = options;
        this.environment = environment;
        this.progress = progress;
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
            return client().download(asked(request), progress);
        } catch (InterruptedException e) {
            InterruptedIOException interrupted = new InterruptedIOException("while a document was fetched");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** The request as the server wants it: NVD's API counts requests, and knows those who have a key. */
    private DownloadRequest asked(DownloadRequest request) throws LimpidException, InterruptedException {
        if (!NvdApi.isAt(request.url())) {
            return request;
        }
        String key = environment.getOrDefault(NvdApi.KEY_VARIABLE, "").strip();
        nvdPace(!key.isEmpty()).await();
        if (key.isEmpty()) {
            return request;
        }
        if (!Headers.isValue(key)) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "cannot use the key in " + NvdApi.KEY_VARIABLE,
                    "it has characters that no key has",
                    "set it to the key as NVD has sent it, or unset it");
        }
        return request.with(NvdApi.KEY_FIELD, key);
    }

    private synchronized Pace nvdPace(boolean key) {
        Pace known = nvdPace;
        if (known == null) {
            known = new Pace(NvdApi.requests(key), NvdApi.COUNTED);
            nvdPace = known;
        }
        return known;
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
