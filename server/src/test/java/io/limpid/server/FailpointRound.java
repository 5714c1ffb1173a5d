package io.limpid.server;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.TimePasses;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is around a server: its database, its files, a receiver of notifications, and where layers and feeds are. */
final class FailpointRound {
    private static final int MOST_BYTES = 1 << 16;
    private static final String TRACKER = "/mirror/security-tracker.debian.org/tracker/data/json";

    /** What Debian says of its release 12, which is that of the layers. */
    private static final String BEFORE = tracker(
            "zlib CVE-2026-0001 9 low",
            "bash CVE-2026-0002 6 high",
            "curl CVE-2026-0004 1 low",
            "sed CVE-2026-0005 1 low");

    private static final String AFTER = tracker(
            "zlib CVE-2026-0001 10 low",
            "curl CVE-2026-0004 1 low",
            "sed CVE-2026-0003 8 high",
            "sed CVE-2026-0005 1 low");

    private final FailpointScenario part;
    private final Path folder;
    private final ConnectionSource source;
    private final FaultServer web;

    /**
     * @param folder of its own
     * @param web that of all rounds, as what was fetched is kept by where it came from
     */
    FailpointRound(FailpointScenario part, Path folder, ConnectionSource source, FaultServer web) throws IOException {
        this.part = part;
        this.folder = Files.createDirectory(folder).toRealPath();
        this.source = source;
        this.web = web;
        Files.createDirectory(data());
        web.on(hook(), Answer.status(200));
        TwoServers.archive(folder, "middle", "zlib 1", "bash 5.2", "sed 4", "curl 8.1");
        TwoServers.archive(folder, "top", "zlib 2.5", "bash 5.1", "curl 7");
        TwoServers.archive(folder, "gone", "zlib 1", "grep 3");
    }

    /** Has the web answer as it does in a part. */
    static void prepare(FaultServer web, FailpointScenario part) {
        web.on("/base.tar", Answer.ok(TwoServers.bytes("zlib 1", "bash 5.1", "sed 4")))
                .on(TRACKER, Answer.ok(part == FailpointScenario.CHANGE ? AFTER : BEFORE));
    }

    /** Rows of package, vulnerability, version that it is fixed in, urgency; those of one package together. */
    private static String tracker(String... rows) {
        StringBuilder text = new StringBuilder("{");
        String last = "";
        for (String row : rows) {
            String[] words = row.split(" ", -1);
            text.append(last.isEmpty() ? "" : last.equals(words[0]) ? "," : "},");
            text.append(last.equals(words[0]) ? "" : "\"" + words[0] + "\":{");
            text.append(
                    "\"%s\":{\"releases\":{\"bookworm\":{\"status\":\"resolved\",\"fixed_version\":\"%s\",\"urgency\":\"%s\"}}}"
                            .formatted(words[1], words[2], words[3]));
            last = words[0];
        }
        return text.append("}}").toString();
    }

    StubbornClient client() {
        return new StubbornClient(folder, this::configuration);
    }

    private String configuration(int port, int health, boolean isAgain) throws Exception {
        if (isAgain && part.updates()) {
            TimePasses.untilLeasesEnd(source);
        }
        ConnectionSource.Server at = source.servers().getFirst();
        return """
            clair:
              database:
                options:
                  source: host=%s port=%d dbname=%s user=%s sslmode=disable
                  datafolder: %s
              api:
                v1_addr: "127.0.0.1:%d"
                healthaddr: "127.0.0.1:%d"
              worker:
                local_layer_roots: [%s]
            """.formatted(at.host(), at.port(), source.database(), source.user(), data(), port, health, folder)
                + (part.updates() ? updater() : notifier(isAgain));
    }

    private String updater() {
        return """
              updater:
                interval: 1h
                enabledupdaters: [debian]
                mirror: %s
            """.formatted(web.url("/mirror"));
    }

    /** The first one looks for notifications when it starts, and not again; the one after it until there are none. */
    private String notifier(boolean isAgain) {
        return """
              updater:
                interval: 0
              notifier:
                check_interval: %s
                claim: 1s
                http:
                  endpoint: %s
            """.formatted(isAgain ? "50ms" : "1h", web.url(hook()));
    }

    private String hook() {
        return "/hook/" + folder.getFileName();
    }

    ConnectionSource source() {
        return source;
    }

    /** Where the server keeps files. */
    Path data() {
        return folder.resolve("data");
    }

    /** Has the server find the files of another one. */
    void copyFiles(Path other) throws IOException {
        try (Stream<Path> files = Files.walk(other)) {
            for (Path file : files.toList()) {
                if (!file.equals(other)) {
                    Files.copy(file, data().resolve(other.relativize(file).toString()));
                }
            }
        }
    }

    String web() {
        return web.url("/base.tar").toString();
    }

    String archive(String name) {
        return folder.resolve(name + ".tar").toString();
    }

    /** The names that the receiver was told. */
    SortedSet<String> told() throws IOException {
        List<FaultServer.Request> requests = web.requests();
        SortedSet<String> names = new TreeSet<>();
        for (FaultServer.Request request : requests) {
            if (request.path().equals(hook())) {
                names.add(name(request.body()));
            }
        }
        return names;
    }

    private static String name(String body) throws IOException {
        JsonObject envelope =
                (JsonObject) Json.parse(body.getBytes(StandardCharsets.UTF_8), MOST_BYTES, Limits.DEFAULT);
        JsonObject notification = Objects.requireNonNull(envelope.object("Notification"), body);
        return Objects.requireNonNull(notification.string("Name"), body);
    }
}
