package io.limpid.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one client, and the sending of one message over one of them.
 *
 * <p>Of Apache HttpClient this uses the layer below its request chain: pool, connection and message exchange. What the chain would add
 * (repetitions, redirects, cookies, credentials, decompression) is done by this package or not at all.
 */
final class Connections implements Closeable {
    private static final String ID = "limpid";
    private static final int MOST = 200;
    private static final int MOST_TO_ONE = 40;
    private static final int LONGEST_LINE = 1 << 15;
    private static final int MOST_FIELDS = 200;
    private static final TimeValue KEPT = TimeValue.ofSeconds(30);

    /** What frames or routes a message; never the caller's. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final NetSettings settings;
    private final PoolingHttpClientConnectionManager pool;
    private final HttpRequestExecutor executor = new HttpRequestExecutor();

    Connections(NetSettings settings, HttpClientConnectionOperator dialler) {
        this.settings = settings;
        Http1Config bounds = Http1Config.custom()
                .setMaxLineLength(LONGEST_LINE)
                .setMaxHeaderCount(MOST_FIELDS)
                .build();
        pool = new PoolingHttpClientConnectionManager(
                dialler,
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                TimeValue.NEG_ONE_MILLISECOND,
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(bounds)
                        .responseParserFactory(_ -> new WholeHead(bounds))
                        .build());
        pool.setMaxTotal(MOST);
        pool.setDefaultMaxPerRoute(MOST_TO_ONE);
        pool.setDefaultConnectionConfig(ConnectionConfig.custom()
                // A kept connection may have been closed meanwhile: that is looked at each time.
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build());
    }

    /** Sends one request to one place, whose URL has no user info, and gives its answer as soon as the head of it is there. */
    Reply send(WebRequest request, Deadline total) throws NetFailure, InterruptedException {
        Origin target = Origin.of(request.url());
        Proxy proxy = settings.proxies().proxyFor(target);
        Peer peer = new Peer(target, proxy);
        InetAddress literal = proxy == null ? null : target.literal();
        if (literal != null) {
            Dialler.check(target.host(), literal, settings.addresses());
        }
        Watchdog watchdog = Watchdog.until(total);
        try {
            while (true) {
                Failures.whenOver(total);
                ConnectionEndpoint endpoint = lease(route(peer), peer, total);
                boolean kept = endpoint.isConnected();
                try {
                    return exchange(endpoint, request, peer, watchdog);
                } catch (IOException | HttpException | IllegalStateException e) {
                    end(endpoint, false);
                    boolean stale = kept && request.isSafe() && !watchdog.hasBarked() && isClosing(e);
                    if (!stale) {
                        throw Failures.before(e, peer, watchdog);
                    }
                } catch (RuntimeException | Error e) {
                    end(endpoint, false);
                    throw e;
                }
            }
        } catch (Throwable e) {
            watchdog.close();
            throw e;
        }
    }

    /** How a kept connection shows that the server had closed it when the request came. */
    private static boolean isClosing(Exception failure) {
        return failure instanceof NoHttpResponseException
                || failure instanceof ConnectionClosedException
                || failure instanceof SocketException
                || failure instanceof SSLException;
    }

    private ConnectionEndpoint lease(HttpRoute route, Peer peer, Deadline total)
            throws NetFailure, InterruptedException {
        Timeout timeout = Timeout.ofMilliseconds(Dialler.millis(total.left()));
        LeaseRequest request = pool.lease(ID, route, timeout, null);
        try {
            return request.get(timeout);
        } catch (InterruptedException e) {
            // Else it would be given the next one that becomes free, for ever.
            request.cancel();
            throw e;
        } catch (TimeoutException e) {
            throw NetFailure.lasting("no connection to " + peer + " became free", null)
                    .because(e);
        } catch (ExecutionException | IllegalStateException e) {
            throw NetFailure.lasting("no connection to " + peer + " could be had: the client is closed", null)
                    .because(e);
        }
    }

    private static HttpRoute route(Peer peer) {
        Origin target = peer.target();
        HttpHost host = host(target);
        Proxy proxy = peer.proxy();
        return proxy == null
                ? new HttpRoute(host, (InetAddress) null, target.isSecure())
                : new HttpRoute(host, null, host(proxy.origin()), target.isSecure());
    }

    private static HttpHost host(Origin origin) {
        return new HttpHost(origin.scheme(), origin.host(), origin.port());
    }

    private Reply exchange(ConnectionEndpoint endpoint, WebRequest request, Peer peer, Watchdog watchdog)
            throws IOException, HttpException {
        watchdog.guard(endpoint);
        HttpCoreContext context = HttpCoreContext.create();
        context.setAttribute(Dialler.PEER, peer);
        if (!endpoint.isConnected()) {
            connect(endpoint, peer, watchdog, context);
        }
        Deadlines deadlines = settings.deadlines();
        watchdog.begin(Watchdog.Phase.ANSWER, deadlines.firstByte());
        endpoint.setSocketTimeout(Timeout.of(deadlines.firstByte()));
        BasicClassicHttpRequest message = message(request, peer);
        ClassicHttpResponse response = endpoint.execute(ID, message, executor::execute, context);
        if (response.getCode() == 407 && peer.proxy() != null && !peer.target().isSecure()) {
            throw Failures.status(response.getCode(), peer.toString(), null);
        }
        boolean reusable = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(message, response, context);
        watchdog.beginBody();
        ReplyBody body = body(response, request, watchdog, whole -> end(endpoint, whole && reusable));
        if (response.getEntity() != null) {
            endpoint.setSocketTimeout(Timeout.of(deadlines.idle()));
        }
        return new Reply(response.getCode(), headers(response), body, request.url());
    }

    private ReplyBody body(ClassicHttpResponse response, WebRequest request, Watchdog watchdog, ReplyBody.Lease lease)
            throws IOException {
        var entity = response.getEntity();
        if (entity != null) {
            return new ReplyBody(
                    entity.getContent(),
                    entity.getContentLength(),
                    request.maxBytes(),
                    request.limit(),
                    lease,
                    watchdog,
                    settings.deadlines());
        }
        ReplyBody none = new ReplyBody(
                InputStream.nullInputStream(),
                0,
                request.maxBytes(),
                request.limit(),
                lease,
                watchdog,
                settings.deadlines());
        // There is nothing to wait for: the connection is given back at once.
        none.discard();
        return none;
    }

    private void connect(ConnectionEndpoint endpoint, Peer peer, Watchdog watchdog, HttpCoreContext context)
            throws IOException, HttpException {
        Deadlines deadlines = settings.deadlines();
        watchdog.begin(Watchdog.Phase.CONNECT, deadlines.connect());
        Proxy proxy = peer.proxy();
        pool.connect(endpoint, TimeValue.ofMilliseconds(Dialler.millis(watchdog.left())), context);
        if (proxy != null && peer.target().isSecure()) {
            BasicClassicHttpRequest message = tunnel(peer.target(), proxy);
            ClassicHttpResponse response = endpoint.execute(ID, message, executor::execute, context);
            if (response.getCode() / 100 != 2) {
                throw Failures.status(response.getCode(), peer.toString(), null);
            }
            pool.upgrade(endpoint, context);
        }
    }

    private BasicClassicHttpRequest tunnel(Origin target, Proxy proxy) {
        BasicClassicHttpRequest message = new BasicClassicHttpRequest("CONNECT", null, null, target.hostAndPort());
        message.addHeader("Host", target.hostAndPort());
        message.addHeader("User-Agent", settings.userAgent());
        if (proxy.authorization() != null) {
            message.addHeader("Proxy-Authorization", proxy.authorization());
        }
        return message;
    }

    private BasicClassicHttpRequest message(WebRequest request, Peer peer) {
        Origin target = peer.target();
        Proxy proxy = peer.proxy();
        boolean absolute = proxy != null && !target.isSecure();
        String path = Urls.pathAndQuery(request.url());
        BasicClassicHttpRequest message =
                new BasicClassicHttpRequest(request.method(), null, null, absolute ? target + path : path);
        message.addHeader("Host", target.authority());
        if (request.headers().first("User-Agent") == null) {
            message.addHeader("User-Agent", settings.userAgent());
        }
        for (Headers.Field field : request.headers().fields()) {
            if (!FRAMING.contains(field.name().toLowerCase(Locale.ROOT))) {
                message.addHeader(field.name(), field.value());
            }
        }
        if (absolute && proxy != null && proxy.authorization() != null) {
            message.addHeader("Proxy-Authorization", proxy.authorization());
        }
        if (request.body() != null) {
            byte[] bytes = request.body().getBytes(StandardCharsets.UTF_8);
            message.addHeader("Content-Length", Integer.toString(bytes.length));
            message.setEntity(new ByteArrayEntity(bytes, null));
        }
        return message;
    }

    /** The fields of an answer; one that could not be sent on is left out. */
    private static Headers headers(ClassicHttpResponse response) {
        List<Headers.Field> fields = new ArrayList<>();
        for (Header header : response.getHeaders()) {
            String value = value(header);
            if (Headers.isName(header.getName()) && Headers.isValue(value)) {
                fields.add(new Headers.Field(header.getName(), value));
            }
        }
        return new Headers(fields);
    }

    private static String value(Header header) {
        @Nullable String value = header.getValue();
        return value == null ? "" : value.strip();
    }

    /** Gives a connection back, to be kept or not. */
    private void end(ConnectionEndpoint endpoint, boolean reusable) {
        if (reusable) {
            pool.release(endpoint, null, KEPT);
        } else {
            endpoint.close(CloseMode.IMMEDIATE);
            pool.release(endpoint, null, null);
        }
    }

    @Override
    public void close() {
        pool.close(CloseMode.IMMEDIATE);
    }
}
