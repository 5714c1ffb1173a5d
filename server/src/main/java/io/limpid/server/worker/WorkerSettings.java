package io.limpid.server.worker;

import io.limpid.model.Limits;
import io.limpid.net.AddressPolicy;
import io.limpid.net.Deadlines;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How layers are fetched and read.
 *
 * @param fetchPolicy from where
 * @param localRoots the folders below which a {@code Path} may be a local file; empty for none
 * @param insecureTls whether whoever answers for an https host is believed
 * @param parallel how many layers are read at once
 * @param waiting how many more may wait for that
 * @param deadline how long one layer may take from when it is begun
 * @param limits bounds what is read
 */
public record WorkerSettings(
        FetchPolicy fetchPolicy,
        List<Path> localRoots,
        boolean insecureTls,
        int parallel,
        int waiting,
        Duration deadline,
        Limits limits) {

    /** As Clair, but without local files. */
    public static final WorkerSettings DEFAULT =
            new WorkerSettings(FetchPolicy.CLAIR, List.of(), false, 16, 240, Duration.ofMinutes(15), Limits.DEFAULT);

    public WorkerSettings {
        localRoots = List.copyOf(localRoots);
        if (parallel < 1 || waiting < 0 || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException(
                    "no way to work: " + parallel + " at once, " + waiting + " waiting, within " + deadline);
        }
    }

    /** The same with other local roots. */
    public WorkerSettings withLocalRoots(List<Path> roots) {
        return new WorkerSettings(fetchPolicy, roots, insecureTls, parallel, waiting, deadline, limits);
    }

    /** The same with another policy. */
    public WorkerSettings withFetchPolicy(FetchPolicy policy) {
        return new WorkerSettings(policy, localRoots, insecureTls, parallel, waiting, deadline, limits);
    }

    /** The same with another number of layers at once and in waiting. */
    public WorkerSettings withQueue(int atOnce, int inWaiting) {
        return new WorkerSettings(fetchPolicy, localRoots, insecureTls, atOnce, inWaiting, deadline, limits);
    }

    /** The same with another deadline. */
    public WorkerSettings withDeadline(Duration other) {
        return new WorkerSettings(fetchPolicy, localRoots, insecureTls, parallel, waiting, other, limits);
    }

    /** The same, believing whoever answers. */
    public WorkerSettings withInsecureTls() {
        return new WorkerSettings(fetchPolicy, localRoots, true, parallel, waiting, deadline, limits);
    }

    /** The same with other limits. */
    public WorkerSettings withLimits(Limits other) {
        return new WorkerSettings(fetchPolicy, localRoots, insecureTls, parallel, waiting, deadline, other);
    }

    /** The client that layers are fetched by; proxies, certificates and user agent are those of the settings given. */
    OutboundClient client(NetSettings net) {
        Deadlines deadlines = net.deadlines();
        NetSettings own = net.withAddresses(
                        fetchPolicy == FetchPolicy.STRICT ? AddressPolicy.PUBLIC_ONLY : AddressPolicy.ALL_BUT_METADATA)
                .withDeadlines(new Deadlines(deadlines.connect(), deadlines.firstByte(), deadlines.idle(), deadline));
        return insecureTls
                ? OutboundClient.withTls(new TlsFiles(null, null, null, null, false), own)
                : new OutboundClient(own);
    }
}
