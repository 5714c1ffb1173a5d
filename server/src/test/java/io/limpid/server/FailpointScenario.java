package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.StubbornClient.Step;
import io.limpid.server.store.StoreDump;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What is done while the server is killed, in parts, each from a start of the server to its end and upon what the part before it left.
 *
 * <p>A server that looks for notifications or updates does so when it starts and not again, so each part hits the same points as often each time.
 */
enum FailpointScenario {
    /** Layers of which one is on the other, and vulnerabilities that are there before and after them, change and go. */
    FILL {
        @Override
        void run(StubbornClient client, FailpointRound round) throws Exception {
            client.ask(List.of(
                    posted("V-before", "High", "zlib 2", "bash 3"),
                    layer("base", null, round.web()),
                    layer("middle", "base", round.archive("middle")),
                    layer("top", "middle", round.archive("top")),
                    layer("gone", "base", round.archive("gone")),
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
        void run(StubbornClient client, FailpointRound round) throws Exception {
            SortedSet<String> names = StoreDump.notifications(round.source());
            client.await(() -> round.told().containsAll(names), "all notifications are told");
            for (String name : names) {
                String target = "/v1/notifications/" + name;
                assertThat(client.insist(api -> api.ask("GET", target + "?limit=10", null)))
                        .isEqualTo(200);
                assertThat(client.insist(api -> api.ask("DELETE", target, null)))
                        .isEqualTo(200);
            }
        }
    },
    /** An updater runs for the first time. */
    UPDATE {
        @Override
        void run(StubbornClient client, FailpointRound round) throws Exception {
            client.await(() -> StoreDump.isUpdated(round.source()), "an update ends");
        }
    },
    /** It runs once more, and its publisher says something else. */
    CHANGE {
        @Override
        void run(StubbornClient client, FailpointRound round) throws Exception {
            UPDATE.run(client, round);
        }
    };

    /** Of which the API is asked in the end. */
    static final List<String> SUBJECTS = List.of(
            "layer base",
            "layer middle",
            "layer top",
            "layer gone",
            "vulnerability V-before",
            "vulnerability V-after",
            "vulnerability V-gone",
            "vulnerability CVE-2026-0001",
            "vulnerability CVE-2026-0002",
            "vulnerability CVE-2026-0003");

    abstract void run(StubbornClient client, FailpointRound round) throws Exception;

    /** Whether the server updates, instead of telling. */
    boolean updates() {
        return this == UPDATE || this == CHANGE;
    }

    private static Step layer(String name, @Nullable String parent, String path) {
        return new Step("layer " + name, 201, api -> api.postLayer(name, parent, path));
    }

    private static Step posted(String name, String severity, String... fixes) {
        return new Step("vulnerability " + name, 201, api -> api.postVulnerability(name, severity, List.of(fixes)));
    }
}
