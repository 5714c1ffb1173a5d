package io.limpid.server.api;

import com.linecorp.armeria.common.Http1HeaderNaming;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.server.GracefulShutdown;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.server.metrics.Metrics;
import io.netty.handler.ssl.ClientAuth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two ports of the server: API v1, and health. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final String VERSION = "/v1";
    /** The framework waits for requests that have begun only when it waits for silence. */
    private static final Duration QUIET = Duration.ofMillis(1);

    private static final int LONGEST_LINE = 64 << 10;
    private static final int LONGEST_HEAD = 64 << 10;

    private final Server api;
    private final Server health;
    private final Work apiWork;
    private final Work healthWork;
    private final Bounds bounds;
    private final AtomicBoolean isStopping;

    private ApiServer(
            Server api, Server health, Work apiWork, Work healthWork, Bounds bounds, AtomicBoolean isStopping) {
        this.api = api;
        this.health = health;
        this.apiWork = apiWork;
        this.healthWork = healthWork;
        this.bounds = bounds;
        this.isStopping = isStopping;
    }

    /**
     * Listens on both ports.
     *
     * @throws LimpidException when a port is taken or a file of TLS cannot be used
     */
    public static ApiServer start(ApiOptions options, RouteTable v1, Health health, Metrics metrics)
            throws LimpidException {
        Bounds bounds = options.bounds();
        Work apiWork = new Work(bounds);
        Work healthWork = new Work(bounds);
        AtomicBoolean isStopping = new AtomicBoolean();
        RouteTable ofHealth = HealthRoutes.table(health, isStopping::get);
        Server first = started(
                "the main API",
                options.api(),
                options.tls(),
                new Dispatcher(VERSION, v1, options, apiWork, metrics),
                bounds);
        try {
            Server second = started(
                    "the health API",
                    options.health(),
                    null,
                    new Dispatcher("", ofHealth, options, healthWork, metrics),
                    bounds);
            return new ApiServer(first, second, apiWork, healthWork, bounds, isStopping);
        } catch (LimpidException e) {
            first.stop().join();
            throw e;
        }
    }

    private static Server started(
            String what, Endpoint endpoint, @Nullable Tls tls, Dispatcher dispatcher, Bounds bounds)
            throws LimpidException {
        ServerBuilder builder = Server.builder();
        if (tls != null) {
            secure(builder, tls);
        }
        InetSocketAddress address = endpoint.host().isEmpty()
                ? new InetSocketAddress(endpoint.port())
                : new InetSocketAddress(endpoint.host(), endpoint.port());
        bound(builder, bounds);
        try {
            Server server = builder.port(address, tls == null ? SessionProtocol.HTTP : SessionProtocol.HTTPS)
                    .serviceUnder("/", dispatcher)
                    .childChannelPipelineCustomizer(pipeline -> {
                        dispatcher.connected(pipeline.channel());
                        RawTargets.install(pipeline, tls != null, bounds.head());
                    })
                    .http1HeaderNaming(Http1HeaderNaming.traditional())
                    .disableServerHeader()
                    .errorHandler((_, cause) -> failed(cause))
                    .build();
            server.start().join();
            LOG.atInfo()
                    .addKeyValue("port", server.activeLocalPort())
                    .log("starting " + what.substring("the ".length()));
            return server;
        } catch (CompletionException | IllegalStateException e) {
            throw new LimpidException(
                    ErrorCode.IO,
                    "starting " + what + " on " + endpoint,
                    root(e),
                    "another process may have the port (ss -ltnp shows it), or the address is not of this machine");
        }
    }

    private static void bound(ServerBuilder builder, Bounds bounds) {
        // Bodies and times are bounded by the dispatcher, which knows what Clair answers.
        builder.maxRequestLength(0)
                .requestTimeoutMillis(0)
                .maxNumConnections(bounds.connections())
                .idleTimeout(bounds.idle())
                .http1MaxInitialLineLength(LONGEST_LINE)
                .http1MaxHeaderSize(LONGEST_HEAD)
                .gracefulShutdown(GracefulShutdown.builder()
                        .quietPeriod(QUIET)
                        .timeout(bounds.drain())
                        .build());
    }

    private static void secure(ServerBuilder builder, Tls tls) throws LimpidException {
        try (InputStream key = new ByteArrayInputStream(KeyFile.read(tls.key()));
                InputStream certificate = Files.newInputStream(tls.certificate())) {
            builder.tlsEngineType(TlsEngineType.JDK).tls(TlsKeyPair.of(key, certificate));
            Path authorities = tls.clientAuthorities();
            X509Certificate[] trusted = authorities == null ? null : certificates(authorities);
            builder.tlsCustomizer(context -> {
                context.protocols("TLSv1.3", "TLSv1.2");
                if (trusted != null) {
                    context.trustManager(trusted).clientAuth(ClientAuth.REQUIRE);
                }
            });
        } catch (IOException | CertificateException | RuntimeException e) {
            throw new LimpidException(
                    ErrorCode.IO,
                    "reading the TLS files of the API (" + tls.certificate() + ", " + tls.key()
                            + (tls.clientAuthorities() == null ? "" : ", " + tls.clientAuthorities()) + ")",
                    root(e),
                    "api.certfile, api.keyfile and api.cafile are PEM files; the key has no password"
                            + " (openssl pkcs8 -topk8 -nodes makes one)");
        }
    }

    private static X509Certificate[] certificates(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate[] found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            if (found.length == 0) {
                throw new CertificateException("no certificate in " + file);
            }
            return found;
        }
    }

    private static HttpResponse failed(Throwable cause) {
        LOG.atDebug().setCause(cause).log("A request failed before its answer");
        return HttpResponse.of(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** The port of the API. */
    public int port() {
        return api.activeLocalPort();
    }

    /** The port of health. */
    public int healthPort() {
        return health.activeLocalPort();
    }

    /** Refuses further requests, waits for those that have begun, and stops; health last. */
    @Override
    public void close() {
        isStopping.set(true);
        apiWork.refuse();
        apiWork.close(bounds.drain());
        CompletableFuture<Void> both = CompletableFuture.allOf(api.stop(), health.stop());
        healthWork.close(bounds.drain());
        both.join();
        LOG.atInfo().log("main API stopped");
        LOG.atInfo().log("health API stopped");
    }
}
