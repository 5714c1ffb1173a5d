package io.limpid.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths as httprouter's tree takes them; those that were recorded are in RecordedRoutesTest. */
class RouteTableTest {
    private static final RouteTable TABLE = new RouteTable(Stream.of(
                    "POST /layers",
                    "GET /layers/:l",
                    "DELETE /layers/:l",
                    "GET /namespaces",
                    "GET /namespaces/:n/vulnerabilities",
                    "POST /namespaces/:n/vulnerabilities",
                    "GET /namespaces/:n/vulnerabilities/:v",
                    "PUT /namespaces/:n/vulnerabilities/:v",
                    "DELETE /namespaces/:n/vulnerabilities/:v",
                    "GET /namespaces/:n/vulnerabilities/:v/fixes",
                    "PUT /namespaces/:n/vulnerabilities/:v/fixes/:f",
                    "DELETE /namespaces/:n/vulnerabilities/:v/fixes/:f",
                    "GET /notifications/:n",
                    "DELETE /notifications/:n",
                    "GET /metrics")
            .map(line -> line.split(" ", -1))
            .map(line -> Route.of(line[0], line[1], line[1], Route.Kind.READING, _ -> Answer.text(200, "")))
            .toList());

    static Stream<Arguments> paths() {
        return Stream.of(
                row("GET", "/layers/x", "/layers/:l [x]"),
                row("GET", "/layers/..", "/layers/:l [..]"),
                row("GET", "/layers/x/", "> /layers/x"),
                row("GET", "/layers//", "> /layers/"),
                row("GET", "/LAYERS/MiXed", "> /layers/MiXed"),
                row("GET", "/layers/./", "> /layers/."),
                row("GET", "/LAYERS/", "nothing"),
                row("DELETE", "/layers/a/", "> /layers/a"),
                row("GET", "//layers//a", "> /layers/a"),
                row("GET", "/./layers/b/../a", "> /layers/a"),
                row("GET", "layers/x", "> /layers/x"),
                row("GET", "", "nothing"),
                row("GET", "/", "nothing"),
                row("GET", "//", "nothing"),
                row("PUT", "//", "> "),
                row("PUT", "", "> "),
                row("PUT", "/", "nothing"),
                row("POST", "/layers/", "> /layers"),
                row("POST", "/Layers", "> /layers"),
                row("POST", "/LAYERS/", "> /layers"),
                row("HEAD", "/namespaces", "other method"),
                row("OPTIONS", "/namespaces/", "nothing"),
                row("GET", "/namespaces//vulnerabilities", "/namespaces/:n/vulnerabilities []"),
                row("GET", "/namespaces//vulnerabilities/", "> /namespaces//vulnerabilities"),
                row("GET", "/namespaces/a/vulnerabilities/", "> /namespaces/a/vulnerabilities"),
                row("GET", "/namespaces/a/Vulnerabilities/b", "> /namespaces/a/vulnerabilities/b"),
                row("GET", "/namespaces/a/", "> /namespaces/a"),
                row("GET", "/NAMESPACES/A/", "> /namespaces/A"),
                row("GET", "/namespaces/a", "nothing"),
                row("PUT", "/namespaces/a/", "> /namespaces/a"),
                row("POST", "/namespaces/", "nothing"),
                row("PUT", "/namespaces/a/vulnerabilities/", "nothing"),
                row("PUT", "/namespaces/a/vulnerabilities/b/fixes/", "nothing"),
                row("GET", "/namespaces/a/vulnerabilities/b/fixes/", "> /namespaces/a/vulnerabilities/b/fixes"),
                row(
                        "PUT",
                        "/namespaces/a/vulnerabilities/b/fixes/c",
                        "/namespaces/:n/vulnerabilities/:v/fixes/:f [a, b, c]"),
                row("GET", "/namespaces/a/vulnerabilities/b/fixes/c", "other method"),
                row("GET", "/notifications/", "nothing"),
                row("PATCH", "/metrics", "other method"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void findsAsTheTreeDoes(String method, String path, String expected) {
        String found = switch (TABLE.find(method, path)) {
            case RouteTable.Match.Found(Route route, List<String> values) -> route.label() + " " + values;
            case RouteTable.Match.Elsewhere(String other) -> "> " + other;
            case RouteTable.Match.OtherMethod() -> "other method";
            case RouteTable.Match.Nothing() -> "nothing";
        };
        assertThat(found).isEqualTo(expected);
    }

    private static Arguments row(String... row) {
        return Arguments.of((Object[]) row);
    }
}
