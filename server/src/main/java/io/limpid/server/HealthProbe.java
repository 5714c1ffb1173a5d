package io.limpid.server;

import io.limpid.format.Printable;
import io.limpid.model.LimpidException;
import io.limpid.net.Deadlines;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.ProxyRules;
import io.limpid.net.WebRequest;
import io.limpid.net.WebResponse;
import io.limpid.server.config.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the health port of a server answers, in words.
 *
 * @param state whether it is alive and ready
 * @param missing why it is not; empty when all is well
 */
record HealthProbe(String state, List<String> missing) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long ANSWER_BYTES = 1 << 16;
    private static final int OK = 200;
    private static final int NOT_READY = 503;
    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::");
    private static final String LOOPBACK = "127.0.0.1";

    private record Reply(int status, String text) {}

    HealthProbe {
        missing = List.copyOf(missing);
    }

    /** Asks the server that listens at an address, from this machine. */
    static HealthProbe of(ListenAddress address, String version) throws InterruptedException {
        if (address.port() == 0) {
            String unknown = "port 0 is any that is free, and nobody knows which";
            return new HealthProbe("not known", List.of(unknown));
        }
        NetSettings settings = NetSettings.fromEnvironment(Map.of(), version)
                .withProxies(ProxyRules.NONE)
                .withDeadlines(new Deadlines(PATIENCE, PATIENCE, PATIENCE, PATIENCE));
        try (OutboundClient client = new OutboundClient(settings)) {
            boolean isAlive = get(client, address, "/health").status() == OK;
            Reply ready = get(client, address, "/readyz");
            if (ready.status() == OK && isAlive) {
                return new HealthProbe("alive and ready", List.of());
            }
            String state = isAlive ? "alive, not ready" : "not alive";
            return ready.status() == NOT_READY
                    ? new HealthProbe(state, lines(ready.text()))
                    : new HealthProbe(state, List.of("/readyz answers " + ready.status()));
        } catch (LimpidException e) {
            String reason = e.reason();
            return new HealthProbe("does not answer", List.of(Printable.of(reason == null ? e.what() : reason)));
        } catch (IOException e) {
            return new HealthProbe("does not answer", List.of(Printable.of(String.valueOf(e.getMessage()))));
        }
    }

    private static Reply get(OutboundClient client, ListenAddress address, String path)
            throws IOException, InterruptedException {
        ListenAddress asked =
                EVERYWHERE.contains(address.host()) ? new ListenAddress(LOOPBACK, address.port()) : address;
        WebRequest request = WebRequest.get(URI.create("http://" + asked + path), ANSWER_BYTES)
                .withoutRedirects();
        try (WebResponse answer = client.exchange(request)) {
            byte[] body = answer.body().readAllBytes();
            return new Reply(answer.status(), new String(body, StandardCharsets.UTF_8));
        }
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).map(Printable::of).toList();
    }
}
