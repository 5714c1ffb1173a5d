package io.limpid.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Opens sockets: asks for the addresses of a host, asks the policy about each of them, and dials exactly those.
 *
 * <p>A name of which one address is refused is refused as a whole: names that are half inside are made by people who want to get in.
 */
final class Dialler implements HttpClientConnectionOperator {
    /**
     * The attribute of a context that has the {@link Peer}: a route's hosts are not what they were made of, they have Unicode names where the
     * URL had what DNS knows.
     */
    static final String PEER = "limpid.peer";

    private static final int MOST_ADDRESSES = 16;
    /** Below that a slow network has no chance to answer. */
    private static final Duration SHORTEST_SHARE = Duration.ofSeconds(2);

    private final AddressPolicy policy;
    private final Resolver resolver;
    private final Trust trust;

    Dialler(AddressPolicy policy, Resolver resolver, Trust trust) {
        this.policy = policy;
        this.resolver = resolver;
        this.trust = trust;
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            @Nullable InetSocketAddress local,
            TimeValue timeout,
            SocketConfig config,
            HttpContext context)
            throws IOException {
        Deadline deadline = Deadline.in(timeout.toDuration());
        Peer peer = peer(context);
        // The operator's own proxy may be inside.
        AddressPolicy asked = peer.proxy() == null ? policy : AddressPolicy.ALL_BUT_METADATA;
        Origin dialled = peer.proxy() == null ? peer.target() : peer.proxy().origin();
        dial(connection, addresses(dialled.host(), asked, deadline), dialled.port(), deadline);
        if (dialled.isSecure()) {
            String name = peer.proxy() == null ? trust.nameOf(dialled.host()) : dialled.host();
            secure(connection, dialled, name, deadline.left());
        }
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) throws IOException {
        Origin target = peer(context).target();
        secure(
                connection,
                target,
                trust.nameOf(target.host()),
                Duration.ofMillis(connection.getSocket().getSoTimeout()));
    }

    private static Peer peer(HttpContext context) {
        if (context.getAttribute(PEER) instanceof Peer peer) {
            return peer;
        }
        throw new IllegalArgumentException("a context without a peer");
    }

    /** The addresses of a host, each of them allowed. */
    private List<InetAddress> addresses(String host, AddressPolicy asked, Deadline deadline) throws IOException {
        List<InetAddress> addresses = List.of(resolve(host, deadline));
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        for (InetAddress address : addresses) {
            check(host, address, asked);
        }
        return addresses.subList(0, Math.min(addresses.size(), MOST_ADDRESSES));
    }

    /** Asks in a thread of its own: nothing ends a call of the operating system whose name server does not answer. */
    private InetAddress[] resolve(String host, Deadline deadline) throws IOException {
        FutureTask<InetAddress[]> addresses = new FutureTask<>(() -> resolver.resolve(host));
        Thread.ofVirtual().name("limpid-net-resolver").start(addresses);
        try {
            return addresses.get(millis(deadline.left()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new SocketTimeoutException("no answer of the resolver");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IOException(e);
        }
    }

    /** Throws when the policy refuses the address. */
    static void check(String host, InetAddress address, AddressPolicy policy) throws NetFailure {
        String refusal = policy.refusal(address);
        if (refusal != null) {
            String written = address.getHostAddress();
            String which = written.equals(host) ? written + " is " : host + " is at " + written + ", ";
            throw NetFailure.lasting(which + refusal + ", which is not asked", null);
        }
    }

    private static void dial(
            ManagedHttpClientConnection connection, List<InetAddress> addresses, int port, Deadline deadline)
            throws IOException {
        for (int i = 0; ; i++) {
            Duration left = deadline.left();
            int others = addresses.size() - i - 1;
            Duration share = left.dividedBy(others + 1L);
            share = share.compareTo(SHORTEST_SHARE) < 0 ? min(left, SHORTEST_SHARE) : share;
            // Else a property of the Java platform could put a SOCKS proxy between.
            Socket socket = new Socket(java.net.Proxy.NO_PROXY);
            try {
                socket.setTcpNoDelay(true);
                // Bound before it is connected, so that it can be closed meanwhile.
                connection.bind(socket);
                socket.connect(new InetSocketAddress(addresses.get(i), port), millis(share));
                socket.setSoTimeout(millis(deadline.left()));
                return;
            } catch (IOException e) {
                socket.close();
                if (others == 0 || deadline.isOver()) {
                    throw e;
                }
            }
        }
    }

    private void secure(ManagedHttpClientConnection connection, Origin origin, String name, Duration timeout)
            throws IOException {
        Socket plain = connection.getSocket();
        if (plain == null) {
            throw new SocketTimeoutException("closed meanwhile");
        }
        plain.setSoTimeout(millis(timeout));
        SSLSocket socket = (SSLSocket) trust.sockets().createSocket(plain, name, origin.port(), true);
        connection.bind(socket, plain);
        if (trust.verifies()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Never 0, which would mean no limit. */
    static int millis(Duration duration) {
        return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
    }
}
