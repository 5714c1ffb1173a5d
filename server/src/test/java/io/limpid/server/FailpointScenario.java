package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import io.limpid.server.StubbornClient.Step;
import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.StoreDump;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is done while the server is killed, in two halves, each from a start of the server to its end: the first one fills an empty database, the second
 * one tells what the first has changed.
 *
 * <p>So a server looks for notifications only when it starts, and each half hits the same points as often each time.
 *
 * <p>A third half, of a server that updates, begins with what the second leaves: a value here, a method with its steps, and what serves its feeds beside
 * the web of layers.
 */
enum FailpointScenario {
    /** Layers of which one is on the other, and vulnerabilities that are there before and after them, change and go. */
    FILL {
        @Override
        void run(StubbornClient client, Outside outside) throws Exception {
            client.ask(List.of(
                    posted("V-before", "High", "zlib 2", "bash 3"),
                    layer("base", null, outside.web()),
                    layer("middle", "base", outside.archive("middle")),
                    layer("top", "middle", outside.archive("top")),
                    layer("gone", "base", outside.archive("gone")),
                    posted("V-after", "Low", "bash 5.2", "curl 9"),
                    posted("V-gone", "Medium", "zlib 3"),
                    new Step("vulnerability V-after", 200, api -> api.putSeverity("V-after", "Critical")),
                    new Step("vulnerability V-before", 200, api -> api.putFix("V-before", "curl 8")),
                    new Step("vulnerability V-gone", 200, api -> api.deleteVulnerability("V-gone")),
                    new Step("layer gone", 200, api -> api.deleteLayer("gone"))));
        }
    },
    /** The receiver hears of all of it, reads it, and deletes it. */
    TELL {
        @Override
        void run(StubbornClient client, Outside outside) throws Exception {
            SortedSet<String> names = StoreDump.notifications(outside.source());
            client.await(() -> outside.told().containsAll(names), "all notifications are told");
            for (String name : names) {
                String target = "/v1/notifications/" + name;
                assertThat(client.insist(api -> api.ask("GET", target + "?limit=10", null)))
                        .isEqualTo(200);
                assertThat(client.insist(api -> api.ask("DELETE", target, null))).isEqualTo(200);
            }
        }
    };

    /** All that the first half asks for. */
    static final List<String> SUBJECTS = List.of(
            "layer base",
            "layer middle",
            "layer top",
            "layer gone",
            "vulnerability V-before",
            "vulnerability V-after",
            "vulnerability V-gone");

    abstract void run(StubbornClient client, Outside outside) throws Exception;

    private static Step layer(String name, @Nullable String parent, String path) {
        return new Step("layer " + name, 201, api -> api.postLayer(name, parent, path));
    }

    private static Step posted(String name, String severity, String... fixes) {
        return new Step("vulnerability " + name, 201, api -> api.postVulnerability(name, severity, List.of(fixes)));
    }

    /** What is around the server: its database, a receiver of notifications, and where layers are. */
    static final class Outside implements AutoCloseable {
        private static final int MOST_BYTES = 1 << 16;

        private final Path folder;
        private final ConnectionSource source;
        private final FaultServer web;

        Outside(Path folder, ConnectionSource source) throws IOException {
            this.folder = folder;
            this.source = source;
            this.web = FaultServer.start()
                    .on("/hook", Answer.status(200))
                    .on("/base.tar", Answer.ok(TwoServers.bytes("zlib 1", "bash 5.1", "sed 4")));
            TwoServers.archive(folder, "middle", "zlib 1", "bash 5.2", "sed 4", "curl 8.1");
            TwoServers.archive(folder, "top", "zlib 2.5", "bash 5.1", "curl 7");
            TwoServers.archive(folder, "gone", "zlib 1", "grep 3");
        }

        StubbornClient client() {
            return new StubbornClient(folder, source, web.url("/hook"));
        }

        ConnectionSource source() {
            return source;
        }

        String web() {
            return web.url("/base.tar").toString();
        }

        String archive(String name) throws IOException {
            return folder.toRealPath().resolve(name + ".tar").toString();
        }

        /** The names that the receiver was told, each as often as it was. */
        List<String> heard() throws IOException {
            List<String> names = new ArrayList<>();
            for (FaultServer.Request request : web.requests()) {
                if (request.path().equals("/hook")) {
                    names.add(name(request.body()));
                }
            }
            return names;
        }

        /** The names that the receiver was told. */
        SortedSet<String> told() throws IOException {
            return new TreeSet<>(heard());
        }

        private static String name(String body) throws IOException {
            JsonObject envelope = (JsonObject)
                    Json.parse(body.getBytes(StandardCharsets.UTF_8), MOST_BYTES, Limits.DEFAULT);
            JsonObject notification = Objects.requireNonNull(envelope.object("Notification"), body);
            return Objects.requireNonNull(notification.string("Name"), body);
        }

        @Override
        public void close() {
            web.close();
        }
    }
}
