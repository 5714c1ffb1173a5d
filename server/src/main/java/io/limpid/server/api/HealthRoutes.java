package io.limpid.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What the health port answers. */
final class HealthRoutes {
    private static final String TEXT = "text/plain; charset=utf-8";

    private HealthRoutes() {}

    static RouteTable table(Health health, BooleanSupplier isStopping) {
        Map<String, String> clair = Map.of("Server", "clair");
        return new RouteTable(List.of(
                Route.of(
                        "GET",
                        "/health",
                        "",
                        Route.Kind.READING,
                        _ -> Answer.empty(health.isAlive() ? 200 : 500, clair)),
                Route.of("GET", "/readyz", "", Route.Kind.READING, _ -> ready(health, isStopping.getAsBoolean()))));
    }

    private static Answer ready(Health health, boolean isStopping) {
        List<String> missing = new ArrayList<>();
        if (isStopping) {
            missing.add("the server is stopping");
        }
        if (health.isAlive()) {
            missing.addAll(health.missing());
        } else {
            missing.add("the database does not answer");
        }
        return missing.isEmpty()
                ? Answer.of(200, TEXT, "ready\n")
                : Answer.of(503, TEXT, String.join("\n", missing) + "\n");
    }
}
