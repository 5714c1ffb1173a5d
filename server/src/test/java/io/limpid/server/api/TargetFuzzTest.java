package io.limpid.server.api;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any target leads to a route, elsewhere or nowhere; see docs/fuzzing.md. */
class TargetFuzzTest {
    private static final RouteTable TABLE = new RouteTable(List.of(
            Route.of("GET", "/layers/:l", "", Route.Kind.READING, _ -> Answer.text(200, "")),
            Route.of("GET", "/namespaces/:n/vulnerabilities/:v", "", Route.Kind.READING, _ -> Answer.text(200, ""))));

    @FuzzTest(maxDuration = "60s")
    void anyTarget(byte[] bytes) {
        String raw = new String(bytes, StandardCharsets.ISO_8859_1);
        RawTargets.Line line = RawTargets.Line.of(new RawTargets.Line("GET", raw).path());
        if (line == null || !line.target().equals(raw)) {
            throw new AssertionError("the target got lost: " + raw);
        }
        Target target = Target.parse(raw);
        if (target == null) {
            return;
        }
        Query.parse(target.query());
        if (TABLE.find("GET", target.path()) instanceof RouteTable.Match.Elsewhere(String path)) {
            String location = target.withPath(path);
            if (!location.startsWith("/") || location.chars().anyMatch(c -> c < ' ')) {
                throw new AssertionError("sent to " + location);
            }
        }
    }
}
