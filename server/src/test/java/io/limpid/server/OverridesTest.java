package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.limpid.server.clair.CorrectedLayer;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.clair.Namespace;
import io.limpid.server.store.LayerStore;
import io.limpid.server.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A whole server with a file of local corrections: what it tells of a layer, and that it tells all else as without. */
class OverridesTest {
    private static final Namespace DEBIAN = new Namespace("debian:12", "dpkg");
    private static final String LAYER = "/v1/layers/l?vulnerabilities";
    private static final String OVERRIDES = """
        overrides:
          - id: CVE-2024-1
            package: openssl
            namespace: debian:12
            status: not-affected
            reason: "not <reached>"
            author: us
            expires: 2999-12-31
          - id: CVE-2024-2
            package: openssl
            status: fixed
            fixedVersion: 3.0.12
            severity: low
            reason: mended here
            expires: never
          - id: CVE-2024-3
            package: zlib
            status: affected
            reason: found here
            expires: never
          - id: CVE-2024-4
            package: "*"
            status: not-affected
            reason: was so once
            expires: 2020-01-01
          - id: CVE-2024-5
            package: zlib
            status: fixed
            fixedVersion: a:b
            reason: who knows
            expires: never
        """;

    private static final String PUBLISHED = """
        {"Layer":{"Name":"l","NamespaceName":"debian:12","IndexedByVersion":3,"Features":[\
        {"Name":"openssl","NamespaceName":"debian:12","VersionFormat":"dpkg","Version":"3.0.11-1","Vulnerabilities":[\
        {"Name":"CVE-2024-1","NamespaceName":"debian:12","Severity":"High","Metadata":{"a":1},"FixedBy":"3.0.13"},\
        {"Name":"CVE-2024-2","NamespaceName":"debian:12","Severity":"High",\
        "Metadata":{"Limpid":{"b":2},"Z":3,"a":1},"FixedBy":"3.0.13"},\
        {"Name":"CVE-2024-4","NamespaceName":"debian:12","Severity":"Medium","FixedBy":"3.0.13"}],"AddedBy":"l"},\
        {"Name":"zlib","NamespaceName":"debian:12","VersionFormat":"dpkg","Version":"1.3-1","AddedBy":"l"}]}}
        """;
    private static final String TOLD = """
        {"Layer":{"Name":"l","NamespaceName":"debian:12","IndexedByVersion":3,"Features":[\
        {"Name":"openssl","NamespaceName":"debian:12","VersionFormat":"dpkg","Version":"3.0.11-1","Vulnerabilities":[\
        {"Name":"CVE-2024-2","NamespaceName":"debian:12","Severity":"Low","Metadata":{"Limpid":{"Override":{\
        "Status":"fixed","FixedVersion":"3.0.12","Severity":"Low","Reason":"mended here","Place":"FILE:9",\
        "Before":{"Severity":"High","FixedBy":"3.0.13"}},"b":2},"Z":3,"a":1},"FixedBy":"3.0.12"},\
        {"Name":"CVE-2024-4","NamespaceName":"debian:12","Severity":"Medium","FixedBy":"3.0.13"}],"AddedBy":"l"},\
        {"Name":"zlib","NamespaceName":"debian:12","VersionFormat":"dpkg","Version":"1.3-1","Vulnerabilities":[\
        {"Name":"CVE-2024-3","NamespaceName":"debian:12","Description":"found here","Severity":"Unknown",\
        "Metadata":{"Limpid":{"Override":{"Status":"affected","Reason":"found here","Place":"FILE:16"}}}},\
        {"Name":"CVE-2024-5","NamespaceName":"debian:12","Description":"who knows","Severity":"Unknown",\
        "Metadata":{"Limpid":{"Override":{"Status":"fixed","FixedVersion":"a:b","Reason":"who knows",\
        "Place":"FILE:26","State":"undecided"}}},"FixedBy":"a:b"}],"AddedBy":"l"}],\
        "Overrides":[{"FeatureName":"openssl","NamespaceName":"debian:12","Version":"3.0.11-1",\
        "VulnerabilityName":"CVE-2024-1","Status":"not-affected","Reason":"not \\u003creached\\u003e","Author":"us",\
        "Expires":"2999-12-31","Place":"FILE:2","Before":{"Severity":"High","FixedBy":"3.0.13"}}]}}
        """;

    private final Logger log = (Logger) LoggerFactory.getLogger(LocalCorrections.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void stop() {
        log.detachAppender(said);
    }

    @Test
    void aLayerIsToldAsTheOverridesLeaveIt() throws Exception {
        Path file = Files.writeString(folder.resolve("o.yaml"), OVERRIDES);
        try (TestDatabases.Fresh fresh = TestDatabases.fresh();
                Served plain = new Served(fresh.database(), "");
                Served server = new Served(fresh.database(), "overrides: " + file, "")) {
            new LayerStore(fresh.database(), 16)
                    .insert(new IndexedLayer(
                            "l",
                            IndexedLayer.ENGINE,
                            null,
                            DEBIAN,
                            List.of(feature("openssl", "3.0.11-1"), feature("zlib", "1.3-1"))));
            post(plain, "CVE-2024-1", "High", "{\"a\":1}", "3.0.13");
            post(plain, "CVE-2024-2", "High", "{\"a\":1,\"Limpid\":{\"b\":2},\"Z\":3}", "3.0.13");
            post(plain, "CVE-2024-4", "Medium", "null", "3.0.13");
            assertThat(body(plain, LAYER)).isEqualTo(PUBLISHED);
            assertThat(body(server, LAYER)).isEqualTo(TOLD.replace("FILE", file.toString()));
            for (String other : List.of(
                    "/v1/layers/l",
                    "/v1/layers/l?features",
                    "/v1/namespaces/debian:12/vulnerabilities?limit=9",
                    "/v1/namespaces/debian:12/vulnerabilities/CVE-2024-1?fixedIn",
                    "/v1/namespaces/debian:12/vulnerabilities/CVE-2024-2/fixes")) {
                assertThat(withoutPage(body(server, other))).isEqualTo(withoutPage(body(plain, other)));
            }
        }
        assertThat(said.list)
                .extracting(event -> event.getLevel() + " " + event.getMessage() + " " + event.getKeyValuePairs())
                .containsExactly(
                        "WARN overrides change and deny vulnerabilities of layers [file=\"" + file
                                + "\", overrides=\"4\"]",
                        "WARN overrides have expired and do nothing [overrides=\"1\", places=\"[" + file + ":21]\"]");
    }

    /** The day is that of UTC, wherever the server stands. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-26T23:59:59Z, 0",
        "2026-11-27T00:00:00Z, 1",
    })
    void theLastDayIsOverAtMidnight(Instant now, int left) throws IOException {
        Path file = Files.writeString(
                folder.resolve("o.yaml"),
                "{overrides: [{id: CVE-9, package: bash, status: affected, reason: x, expires: 2026-11-26}]}");
        IndexedLayer layer = new IndexedLayer("l", IndexedLayer.ENGINE, null, DEBIAN, List.of(feature("bash", "5.2")));
        for (String zone : List.of("Asia/Tokyo", "America/Los_Angeles")) {
            CorrectedLayer corrected = LocalCorrections.read(file)
                    .at(Clock.fixed(now, ZoneId.of(zone)))
                    .correct(layer);
            assertThat(corrected.layer().features().getFirst().affectedBy()).hasSize(1 - left);
        }
    }

    private static LayerFeature feature(String name, String version) {
        return new LayerFeature(new FeatureVersion(new Feature(DEBIAN, name), version), "l", List.of());
    }

    private static void post(Served server, String name, String severity, String metadata, String fixed)
            throws IOException {
        String body = "{\"Vulnerability\":{\"Name\":\"" + name + "\",\"NamespaceName\":\"debian:12\",\"Severity\":\""
                + severity + "\",\"Metadata\":" + metadata + ",\"FixedIn\":[{\"Name\":\"openssl\","
                + "\"NamespaceName\":\"debian:12\",\"VersionFormat\":\"dpkg\",\"Version\":\"" + fixed + "\"}]}}";
        assertThat(server.ask("POST", "/v1/namespaces/debian:12/vulnerabilities", body)
                        .status())
                .isEqualTo(201);
    }

    private static String body(Served server, String target) throws IOException {
        var reply = server.get(target);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.body();
    }

    /** Each page's token is another. */
    private static String withoutPage(String body) {
        return body.replaceAll("\"NextPage\":\"[^\"]*\"", "");
    }
}
