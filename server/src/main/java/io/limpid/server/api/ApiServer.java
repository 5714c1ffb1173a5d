package io.limpid.server.api;

import com.linecorp.armeria.common.Http1HeaderNaming;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.server.GracefulShutdown;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.server.metrics.Metrics;
import io.netty.handler.ssl.ClientAuth;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two ports of the server: API v1, and health. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final String VERSION = "/v1";
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
                "the API",
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
        try {
            ServerBuilder builder = Server.builder();
            InetSocketAddress address = endpoint.host().isEmpty()
                    ? new InetSocketAddress(endpoint.port())
                    : new InetSocketAddress(endpoint.host(), endpoint.port());
            builder.port(address, tls == null ? SessionProtocol.HTTP : SessionProtocol.HTTPS);
            if (tls != null) {
                secure(builder, tls);
            }
            bound(builder, bounds);
            Server server = builder.serviceUnder("/", dispatcher)
                    .childChannelPipelineCustomizer(
                            pipeline -> RawTargets.install(pipeline, tls != null, bounds.head()))
                    .http1HeaderNaming(Http1HeaderNaming.traditional())
                    .disableServerHeader()
                    .errorHandler((_, cause) -> failed(cause))
                    .build();
            server.start().join();
            LOG.atInfo()
                    .addKeyValue("port", String.valueOf(server.activeLocalPort()))
                    .log("starting " + what.substring("the ".length()));
            return server;
        } catch (CompletionException | IllegalArgumentException | IllegalStateException e) {
            throw notStarted(what, endpoint, tls, e);
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
                        .quietPeriod(Duration.ZERO)
                        .timeout(bounds.drain())
                        .build());
    }

    private static void secure(ServerBuilder builder, Tls tls) {
        builder.tlsEngineType(TlsEngineType.JDK)
                .tls(tls.certificate().toFile(), tls.key().toFile())
                .tlsCustomizer(context -> {
                    context.protocols("TLSv1.3", "TLSv1.2");
                    if (tls.clientAuthorities() != null) {
                        context.trustManager(tls.clientAuthorities().toFile()).clientAuth(ClientAuth.REQUIRE);
                    }
                });
    }

    private static HttpResponse failed(Throwable cause) {
        LOG.atDebug().setCause(cause).log("A request failed before its answer");
        return HttpResponse.of(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static LimpidException notStarted(String what, Endpoint endpoint, @Nullable Tls tls, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof BindException)) {
            cause = cause.getCause();
        }
        String doing = "starting " + what + " on " + endpoint;
        if (cause instanceof BindException) {
            return new LimpidException(
                    ErrorCode.IO,
                    doing,
                    cause.getMessage(),
                    "another process has the port, or the address is not of this machine: see ss -ltnp");
        }
        return new LimpidException(
                ErrorCode.IO,
                doing,
                String.valueOf(cause.getMessage()),
                tls == null ? null : "api.certfile, api.keyfile and api.cafile are PEM files; the key is PKCS #8");
    }

    /** The port of the API. */
    public int port() {
        return api.activeLocalPort();
    }

    /** The port of health. */
    public int healthPort() {
        return health.activeLocalPort();
    }

    /** Takes no more requests, waits for those that are there, and stops; health last. */
    @Override
    public void close() {
        isStopping.set(true);
        for (var each : List.of(api, health)) {
            each.stop().join();
            (each == api ? apiWork : healthWork).close(bounds.drain());
        }
    }
}
