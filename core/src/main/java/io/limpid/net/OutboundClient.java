package io.limpid.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The outbound HTTP client: whatever is fetched or sent goes through it, so that one place decides which addresses are dialled, how long that
 * may take, how much is read, and who gets to see credentials.
 *
 * <p>It blocks, may be used from any number of threads, virtual ones too, and keeps connections until it is closed. Making one costs nothing;
 * the first request does.
 */
public final class OutboundClient implements Closeable {
    private final NetSettings settings;
    private final Resolver resolver;
    private final @Nullable Path socket;
    private final @Nullable TlsFiles tls;
    private final Lock lock = new ReentrantLock();
    private @Nullable Connections connections;
    private boolean closed;

    public OutboundClient(NetSettings settings) {
        this(settings, Resolver.SYSTEM);
    }

    OutboundClient(NetSettings settings, Resolver resolver) {
        this(settings, resolver, null, null);
    }

    private OutboundClient(NetSettings settings, Resolver resolver, @Nullable Path socket, @Nullable TlsFiles tls) {
        this.settings = settings;
        this.resolver = resolver;
        this.socket = socket;
        this.tls = tls;
    }

    /** A client of the one server that listens at a socket of the file system, whatever host its URLs name; no proxy is used. */
    public static OutboundClient overSocket(Path socket, NetSettings settings) {
        return new OutboundClient(settings.withProxies(ProxyRules.NONE), Resolver.SYSTEM, socket, null);
    }

    /** A client of the one server that these files are for: they say whom it believes and what it shows, to any host that its URLs name. */
    public static OutboundClient withTls(TlsFiles tls, NetSettings settings) {
        return new OutboundClient(settings, Resolver.SYSTEM, null, tls);
    }

    /**
     * Sends a request and gives the answer, whatever its status, as soon as its head is there.
     *
     * <p>It is sent once: whether it may be repeated is the caller's to know.
     *
     * @return to be closed by the caller
     * @throws io.limpid.model.LimpidException when there is no answer
     */
    public WebResponse exchange(WebRequest request) throws IOException, InterruptedException {
        try {
            Deadline total = Deadline.in(settings.deadlines().total());
            return new WebResponse(request, new Exchange(connections(), total).run(request));
        } catch (NetFailure failure) {
            throw failure.told(request.what());
        }
    }

    /**
     * Fetches a document into a file, over as many requests as that takes.
     *
     * @throws io.limpid.model.LimpidException when it cannot be fetched, or the file not be written
     */
    public Download download(DownloadRequest request, TransferProgress progress)
            throws IOException, InterruptedException {
        try {
            Origin.of(request.url());
            Deadline total = Deadline.in(settings.deadlines().total());
            return new Downloader(connections(), settings.retries(), total, request, progress).run();
        } catch (NetFailure failure) {
            throw failure.told("cannot fetch " + Urls.shown(request.url()));
        }
    }

    /** How long and how often one thing that takes several requests may be tried, from now on. */
    public Patience patience() {
        return new Patience(settings.retries(), Deadline.in(settings.deadlines().total()));
    }

    private Connections connections() throws NetFailure {
        lock.lock();
        try {
            if (closed) {
                throw NetFailure.lasting("the client is closed", null);
            }
            Connections made = connections;
            if (made == null) {
                Trust trust = tls == null ? Trust.ofPlatformAnd(settings.caFile()) : Trust.of(tls);
                made = new Connections(
                        settings,
                        socket == null
                                ? new Dialler(settings.addresses(), resolver, trust)
                                : new SocketDialler(socket));
                connections = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** Closes all connections, also those in use. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (connections != null) {
                connections.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
