package io.limpid.server.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A request as it came.
 *
 * @param target null when it is none
 * @param raw the target's text, a character for each byte
 * @param remote address and port of the client
 * @param began when, in nanoseconds
 */
record Incoming(
        ServiceRequestContext context,
        HttpRequest request,
        String method,
        @Nullable Target target,
        String raw,
        String remote,
        long began) {

    static Incoming of(ServiceRequestContext context, HttpRequest request) {
        RawTargets.Line line = context.sessionProtocol().isMultiplex() ? null : RawTargets.Line.of(request.path());
        String method = line == null ? request.method().name() : line.method();
        String raw = line == null ? request.path() : line.target();
        InetSocketAddress remote = context.remoteAddress();
        String host = remote.getAddress().getHostAddress();
        return new Incoming(
                context,
                request,
                method,
                Target.parse(raw),
                raw,
                (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + remote.getPort(),
                System.nanoTime());
    }

    long nanos() {
        return System.nanoTime() - began;
    }

    /** Whether the word is in the header, whatever else it says there: so the original decides. */
    boolean takesGzip() {
        return request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, "").contains("gzip");
    }

    @Nullable
    String authorization() {
        return request.headers().get(HttpHeaderNames.AUTHORIZATION);
    }

    void log(Logger log, String event, int status) {
        log.atInfo()
                .addKeyValue("elapsed time", nanos())
                .addKeyValue("method", method)
                .addKeyValue("remote addr", remote)
                .addKeyValue("request uri", raw)
                .addKeyValue("status", String.valueOf(status))
                .log(event);
    }
}
