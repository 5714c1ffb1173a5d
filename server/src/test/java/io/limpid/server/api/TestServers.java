package io.limpid.server.api;

import io.limpid.model.LimpidException;
import io.limpid.server.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Servers on loopback with routes of the test. */
final class TestServers {
    /** Generous but in memory. */
    static final Bounds BOUNDS = new Bounds(
            4,
            4,
            Duration.ofSeconds(30),
            2,
            4 << 20,
            4 << 20,
            16,
            64,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            1 << 30,
            Duration.ofSeconds(30),
            4 << 20,
            Duration.ofSeconds(10));

    private TestServers() {}

    /** What the test says is missing; the database answers when it says nothing of it. */
    static final class TestHealth implements Health {
        static final String DEAD = "dead";
        final AtomicReference<List<String>> missing = new AtomicReference<>(List.of());

        @Override
        public boolean isAlive() {
            return !missing.get().contains(DEAD);
        }

        @Override
        public List<String> missing() {
            return missing.get().stream().filter(line -> !line.equals(DEAD)).toList();
        }
    }

    static ApiOptions options(Bounds bounds, Duration timeout, @Nullable Tls tls, @Nullable String token) {
        Endpoint any = new Endpoint("127.0.0.1", 0);
        return new ApiOptions(any, any, timeout, tls, token, bounds);
    }

    static ApiOptions options() {
        return options(BOUNDS, Duration.ofSeconds(30), null, null);
    }

    static ApiServer start(ApiOptions options, Metrics metrics, Route... routes) throws LimpidException {
        return ApiServer.start(options, new RouteTable(List.of(routes)), new TestHealth(), metrics);
    }

    /** Answers with what it got. */
    static Route echo(String method, String path, Route.Kind kind) {
        return Route.of(method, path, "v1/echo", kind, call -> {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < call.values().size(); i++) {
                values.add(call.value(i));
            }
            String said = values + " " + call.body().length + " " + call.query().get("q") + "\n";
            return Answer.json(200, said.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });
    }
}
