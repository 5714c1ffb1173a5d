package io.limpid.server.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.limpid.server.api.RouteTable.Match;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.metrics.Metrics;
import io.netty.channel.Channel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests from the event loops, finds their routes, has them worked on by virtual threads and answers in time. */
final class Dispatcher implements HttpService {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final byte[] NOTHING = {};
    private static final String RETRY_SECONDS = "1";
    private static final Answer NOT_FOUND = Answer.text(404, "404 page not found");
    private static final Answer OTHER_METHOD = Answer.text(405, "Method Not Allowed");
    private static final Answer BAD_REQUEST =
            Answer.of(400, "text/plain; charset=utf-8", "400 Bad Request").with("Connection", "close");
    private static final Answer BUSY =
            Answer.error(429, "too many requests at once, try again").with("Retry-After", RETRY_SECONDS);
    private static final Answer STOPPING = Answer.error(503, "the server is stopping")
            .with("Retry-After", RETRY_SECONDS)
            .with("Connection", "close");
    private static final Answer SLOW_BODY =
            Answer.error(408, "the body of the request did not arrive in time").with("Connection", "close");
    private static final Answer TIMEOUT = Answer.of(
                    503,
                    "text/plain; charset=utf-8",
                    "{\"Error\":{\"Message\":\"Clair failed to respond within the configured timeout window.\","
                            + "\"Type\":\"Timeout\"}}")
            .with("Retry-After", RETRY_SECONDS);
    private static final Answer NO_GRANT = Answer.error(
                    401, "this request changes something: it needs the header Authorization: Bearer TOKEN")
            .with("WWW-Authenticate", "Bearer");

    private final String prefix;
    private final RouteTable routes;
    private final ApiOptions options;
    private final Grants grants;
    private final Work work;
    private final Untaken untaken;
    private final Metrics metrics;

    /**
     * @param prefix with which a target begins; the routes' paths follow
     */
    Dispatcher(String prefix, RouteTable routes, ApiOptions options, Work work, Metrics metrics) {
        this.prefix = prefix;
        this.routes = routes;
        this.options = options;
        this.grants = new Grants(options.writeToken());
        this.work = work;
        this.untaken = new Untaken(options.bounds());
        this.metrics = metrics;
    }

    /** A connection that requests will come on. */
    void connected(Channel channel) {
        untaken.connected(channel);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        Incoming incoming = Incoming.of(context, request);
        Target target = incoming.target();
        if (!untaken.enter(context) || target == null) {
            return response(incoming, BAD_REQUEST);
        }
        if (incoming.method().equals("OPTIONS") && target.raw().equals("*")) {
            return response(incoming, Answer.empty(200, Map.of()));
        }
        boolean isOurs = !target.isAbsolute() && target.raw().startsWith(prefix);
        if (!isOurs) {
            incoming.log(LOG, "Served HTTP request", 404);
            return response(incoming, NOT_FOUND);
        }
        String path = target.path().substring(prefix.length());
        return switch (routes.find(incoming.method(), path)) {
            case Match.Nothing _ -> response(incoming, NOT_FOUND);
            case Match.OtherMethod _ -> response(incoming, OTHER_METHOD);
            case Match.Elsewhere(String other) ->
                response(incoming, Answer.redirect(incoming.method().equals("GET"), target.withPath(other)));
            case Match.Found found -> found(context, incoming, found, Query.parse(target.query()));
        };
    }

    private HttpResponse found(ServiceRequestContext context, Incoming incoming, Match.Found found, Query query) {
        Route route = found.route();
        if (!route.method().equals("GET") && !grants.allow(incoming.authorization())) {
            return refused(incoming, route, NO_GRANT);
        }
        if (work.isRefusing()) {
            return refused(incoming, route, STOPPING);
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        var timer = context.eventLoop()
                .schedule(() -> timedOut(answer), options.timeout().toNanos(), TimeUnit.NANOSECONDS);
        var _ = answer.whenComplete((_, _) -> timer.cancel(false));
        if (route.kind() == Route.Kind.READING) {
            begin(() -> {}, incoming, found, new Call(found.values(), query, NOTHING), answer);
        } else {
            readThenWork(context, incoming, found, query, answer);
        }
        return HttpResponse.of(answer.thenApply(done -> response(incoming, done)));
    }

    private void timedOut(CompletableFuture<Answer> answer) {
        if (answer.complete(TIMEOUT)) {
            metrics.limitHit("time of a request");
        }
    }

    private void readThenWork(
            ServiceRequestContext context,
            Incoming incoming,
            Match.Found found,
            Query query,
            CompletableFuture<Answer> answer) {
        Bounds bounds = options.bounds();
        BodyReader body = BodyReader.of(incoming.request(), work.memory(), bounds.largestBody());
        var timer = context.eventLoop()
                .schedule(
                        () -> body.stop(new BodyReader.TooSlow()), bounds.body().toNanos(), TimeUnit.NANOSECONDS);
        var _ = body.whole().whenComplete((bytes, failure) -> {
            timer.cancel(false);
            if (failure == null) {
                CompletableFuture<Answer> whole = body.isCut() ? closing(answer) : answer;
                begin(body::release, incoming, found, new Call(found.values(), query, bytes), whole);
                return;
            }
            body.release();
            Answer refusal = failure instanceof BodyReader.NoMemory ? busy("memory of bodies") : SLOW_BODY;
            if (failure instanceof BodyReader.TooSlow) {
                metrics.limitHit("time of a body");
            }
            count(incoming, found.route(), refusal);
            answer.complete(refusal);
        });
    }

    private static CompletableFuture<Answer> closing(CompletableFuture<Answer> answer) {
        CompletableFuture<Answer> closing = new CompletableFuture<>();
        var _ = closing.thenAccept(done -> answer.complete(done.with("Connection", "close")));
        return closing;
    }

    /** Begins the work when all of the request is there: who sends slowly takes no place from others. */
    private void begin(
            Runnable release, Incoming incoming, Match.Found found, Call call, CompletableFuture<Answer> answer) {
        Work.Place place = work.enter(found.route().kind(), release);
        if (place == null) {
            release.run();
            Answer refusal = busy(found.route().kind() == Route.Kind.LAYER ? "layers" : "requests");
            count(incoming, found.route(), refusal);
            answer.complete(refusal);
        } else if (!place.run(() -> work(place, incoming, found, call, answer))) {
            answer.complete(STOPPING);
        }
    }

    /** On a virtual thread: the work goes on after a timeout, as the original's does. */
    private void work(
            Work.Place place, Incoming incoming, Match.Found found, Call call, CompletableFuture<Answer> answer) {
        Answer done;
        try {
            done = place.waitsToWork() ? answered(found.route(), call) : busy("requests worked on");
            Answer sent = done.canBeZipped() && incoming.takesGzip() ? zipped(done) : done;
            if (!answer.isDone()) {
                done = untaken.hold(incoming.context(), sent.body().length) ? sent : busy("memory of answers");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            done = STOPPING;
        }
        count(incoming, found.route(), done);
        if (found.route().kind() != Route.Kind.READING) {
            Failpoint.ANSWER_MADE.hit();
        }
        answer.complete(done);
    }

    private Answer busy(String limit) {
        metrics.limitHit(limit);
        return BUSY;
    }

    private static Answer answered(Route route, Call call) {
        try {
            return route.handler().answer(call);
        } catch (Exception e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("route", route.label())
                    .log("A request failed by a fault of the server");
            return Answer.error(500, "the server failed on this request; its log says more");
        }
    }

    private HttpResponse refused(Incoming incoming, Route route, Answer answer) {
        count(incoming, route, answer);
        return response(incoming, answer);
    }

    private void count(Incoming incoming, Route route, Answer answer) {
        Answer.CountedAs counted = answer.countedAs();
        String label = counted == null ? route.label() : counted.label();
        String code = counted == null ? String.valueOf(answer.status()) : counted.code();
        if (!label.isEmpty()) {
            metrics.answered(label, code, incoming.nanos());
            incoming.log(LOG, "Handled HTTP request", code);
        }
    }

    private HttpResponse response(Incoming incoming, Answer answer) {
        untaken.watch(incoming.context(), answer.body().length);
        ResponseHeadersBuilder headers = ResponseHeaders.builder(answer.status());
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            headers.add(header.getKey(), header.getValue());
        }
        boolean isHead = incoming.method().equals("HEAD");
        headers.contentLength(answer.body().length);
        return HttpResponse.of(headers.build(), isHead ? HttpData.empty() : HttpData.wrap(answer.body()));
    }

    private static Answer zipped(Answer answer) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(answer.status(), answer.headers(), zipped.toByteArray(), false, answer.countedAs())
                .with("Content-Encoding", "gzip");
    }
}
