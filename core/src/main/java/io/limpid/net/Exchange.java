package io.limpid.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Set;

/** One request of a caller with all the redirects that it leads through. */
final class Exchange {
    private static final int MOST_REDIRECTS = 10;

    /** What may be told to another host than the one that the request was for: nothing in it is secret or specific to that host. */
    private static final Set<String> TRAVELLING = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "range",
            "user-agent");

    private final Connections connections;
    private final Deadline total;

    Exchange(Connections connections, Deadline total) {
        this.connections = connections;
        this.total = total;
    }

    /** Sends the request, and follows where it is redirected to as far as the request wants that. */
    Reply run(WebRequest request) throws NetFailure, InterruptedException {
        Set<URI> visited = new HashSet<>();
        WebRequest step = first(request);
        while (true) {
            visited.add(step.url());
            Reply reply = send(step, visited.size() > 1);
            if (!Status.isRedirect(reply.status()) || !step.redirects() || !step.isSafe()) {
                return reply;
            }
            reply.body().discard();
            step = next(step, reply);
            if (visited.contains(step.url())) {
                throw NetFailure.lasting("the redirects go in a circle: again to " + Urls.shown(step.url()), null);
            }
            if (visited.size() > MOST_REDIRECTS) {
                throw NetFailure.lasting("more than " + MOST_REDIRECTS + " redirects", null);
            }
        }
    }

    /** The request with its URL's user info where it is sent: in a header field. */
    private static WebRequest first(WebRequest request) throws NetFailure {
        Origin.of(request.url());
        String credentials = Urls.basicCredentials(request.url());
        boolean given = request.headers().first("Authorization") != null;
        return new WebRequest(
                request.method(),
                Urls.plain(request.url()),
                credentials == null || given
                        ? request.headers()
                        : request.headers().with("Authorization", credentials),
                request.body(),
                request.maxBytes(),
                request.redirects(),
                request.limit());
    }

    private Reply send(WebRequest step, boolean redirected) throws NetFailure, InterruptedException {
        try {
            return connections.send(step, total);
        } catch (NetFailure failure) {
            throw redirected ? failure.at("redirected to " + Urls.shown(step.url())) : failure;
        }
    }

    /** The request that a redirect asks for. */
    private static WebRequest next(WebRequest step, Reply reply) throws NetFailure {
        String location = reply.headers().first("Location");
        if (location == null) {
            throw NetFailure.lasting(
                    "the server answered " + Status.words(reply.status()) + " and did not say where to", null);
        }
        URI url;
        Origin to;
        try {
            url = Urls.resolve(step.url(), location);
            to = Origin.of(url);
        } catch (URISyntaxException | NetFailure _) {
            throw NetFailure.lasting("it is redirected to what is no http or https URL", null);
        }
        Origin from = Origin.of(step.url());
        if (from.isSecure() && !to.isSecure()) {
            throw NetFailure.lasting("it is redirected from https to http: " + Urls.shown(url), null);
        }
        // Once dropped they stay so, also when a later redirect leads back.
        Headers headers = from.equals(to) ? step.headers() : step.headers().only(TRAVELLING::contains);
        return new WebRequest(
                step.method(), Urls.plain(url), headers, step.body(), step.maxBytes(), true, step.limit());
    }
}
