package io.limpid.server.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.LimitNames;
import io.limpid.model.Limits;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.ProxyRules;
import io.limpid.net.Retries;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ForwardProxy;
import io.limpid.testing.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebLayersTest {
    private static final byte[] LAYER = new byte[300_000];

    static {
        new Random(7).nextBytes(LAYER);
    }

    private final NetSettings net = NetSettings.fromEnvironment(Map.of(), "0")
            .withRetries(new Retries(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(1)));

    @Test
    void sendsTheHeadersOfTheRequest() throws Exception {
        try (FaultServer server = FaultServer.start().on("/l", Answer.ok(LAYER))) {
            assertThat(fetch(
                            server.url("/l") + "?token=a b",
                            Map.of("X-A", "1", "Authorization", "s", "Host", "elsewhere")))
                    .isEqualTo(LAYER);
            FaultServer.Request request = server.requests().getFirst();
            assertThat(request.header("X-A")).isEqualTo("1");
            assertThat(request.header("Authorization")).isEqualTo("s");
            assertThat(request.header("Host")).startsWith("127.0.0.1");
        }
    }

    @Test
    void keepsSecretsFromOtherHosts() throws Exception {
        Map<String, String> headers = Map.of("Authorization", "s", "Cookie", "c", "X-Plain", "p");
        try (FaultServer other = FaultServer.start("127.0.0.2").on("/l", Answer.ok(LAYER));
                FaultServer server = FaultServer.start()) {
            server.on("/same", Answer.redirect(307, "/l"))
                    .on("/l", Answer.ok(LAYER))
                    .on("/other", Answer.redirect(302, other.url("/back").toString()));
            other.on("/back", Answer.redirect(301, server.url("/l").toString()));
            assertThat(fetch(server.url("/same").toString(), headers)).isEqualTo(LAYER);
            assertThat(server.requests().getLast().header("Authorization")).isEqualTo("s");
            assertThat(fetch(server.url("/other").toString(), headers)).isEqualTo(LAYER);
            for (FaultServer.Request request : new FaultServer.Request[] {
                other.requests().getFirst(), server.requests().getLast()
            }) {
                assertThat(request.header("Authorization")).isNull();
                assertThat(request.header("Cookie")).isNull();
                assertThat(request.header("X-Plain")).isEqualTo("p");
            }
        }
    }

    @Test
    void asksTenTimesInAllAndNoMore() throws Exception {
        try (FaultServer server = FaultServer.start()) {
            for (int i = 0; i < 12; i++) {
                server.on("/" + i, i == 0 ? Answer.ok(LAYER) : Answer.redirect(302, "/" + (i - 1)));
            }
            assertThat(fetch(server.url("/9").toString(), Map.of())).isEqualTo(LAYER);
            assertThatThrownBy(() -> fetch(server.url("/10").toString(), Map.of()))
                    .hasMessageContaining("more than 9 times");
            server.on("/to-file", Answer.redirect(302, "file:///etc/passwd"))
                    .on("/to-metadata", Answer.redirect(302, "http://169.254.169.254/latest"));
            assertThatThrownBy(() -> fetch(server.url("/to-file").toString(), Map.of()))
                    .hasMessageContaining("http");
            assertThatThrownBy(() -> fetch(server.url("/to-metadata").toString(), Map.of()))
                    .hasMessageContaining("link-local");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://[fe80::1]/x",
                "http://0251.0376.0251.0376/x",
                "http://[::ffff:169.254.169.254]/x",
                "http://[::bad/x",
                "https:///x",
                "http://127.0.0.1:99999/x"
            })
    void refusesWhatMayNotBeAsked(String url) {
        assertThatThrownBy(() -> fetch(url, Map.of())).isInstanceOf(IOException.class);
    }

    @Test
    void privateAddressesAreRefusedWhenStrict() throws Exception {
        try (FaultServer server = FaultServer.start().on("/l", Answer.ok(LAYER));
                OutboundClient client = WorkerSettings.DEFAULT
                        .withFetchPolicy(FetchPolicy.STRICT)
                        .client(net)) {
            assertThatThrownBy(() -> new WebLayers(client, FetchPolicy.STRICT, Limits.DEFAULT)
                            .open(server.url("/l").toString(), Map.of()))
                    .hasMessageContaining("loopback");
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 401, 404, 500, 503})
    void whatIsNoLayerIsRefused(int status) throws Exception {
        try (FaultServer server = FaultServer.start().on("/l", Answer.status(status))) {
            if (status == 204) {
                assertThat(fetch(server.url("/l").toString(), Map.of())).isEmpty();
            } else {
                assertThatThrownBy(() -> fetch(server.url("/l").toString(), Map.of()))
                        .hasMessageContaining(Integer.toString(status));
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** One that nobody asked for a part of is taken for the whole, as in the original, unless it says that bytes are missing. */
    @Test
    void aPartialAnswerThatIsNoneIsALayer() throws Exception {
        try (FaultServer server = FaultServer.start()
                .on("/l", Answer.status(206).body(LAYER))
                .on(
                        "/whole",
                        Answer.status(206)
                                .header("Content-Range", "bytes 0-299999/300000")
                                .body(LAYER))
                .on(
                        "/part",
                        Answer.status(206)
                                .header("Content-Range", "bytes 0-299999/300001")
                                .body(LAYER))
                .on(
                        "/rest",
                        Answer.status(206)
                                .header("Content-Range", "bytes 1-300000/*")
                                .body(LAYER))) {
            for (String path : new String[] {"/l", "/whole"}) {
                assertThat(fetch(server.url(path).toString(), Map.of("Range", "bytes=0-")))
                        .isEqualTo(LAYER);
            }
            for (String path : new String[] {"/part", "/rest"}) {
                assertThatThrownBy(() -> fetch(server.url(path).toString(), Map.of()))
                        .hasMessageContaining("206");
            }
        }
    }

    @Test
    void asksForTheRestWhereTheConnectionBreaks() throws Exception {
        try (FaultServer server = FaultServer.start()) {
            server.on("/l", request -> {
                String range = request.header("Range");
                int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
                Answer answer = Answer.status(range == null ? 200 : 206)
                        .header("ETag", "\"1\"")
                        .body(Arrays.copyOfRange(LAYER, from, LAYER.length));
                if (from > 0) {
                    answer = answer.header(
                            "Content-Range", "bytes " + from + "-" + (LAYER.length - 1) + "/" + LAYER.length);
                }
                return from < 200_000 ? answer.cut(100_000, Answer.Ending.RESET) : answer;
            });
            assertThat(fetch(server.url("/l").toString(), Map.of("X-A", "1"))).isEqualTo(LAYER);
            FaultServer.Request last = server.requests().getLast();
            assertThat(last.header("Range")).isEqualTo("bytes=200000-");
            assertThat(server.requests()).hasSizeGreaterThan(2);
            assertThat(last.header("If-Range")).isEqualTo("\"1\"");
            assertThat(last.header("X-A")).isEqualTo("1");
        }
    }

    @Test
    void passesOverWhatComesTwiceAndRefusesWhatChanged() throws Exception {
        Answer whole = Answer.ok(LAYER).header("ETag", "\"1\"");
        Answer cut = whole.cut(100_000, Answer.Ending.CLOSE);
        try (FaultServer server = FaultServer.start()
                .on("/again", cut, whole)
                .on("/changed", cut, Answer.ok(LAYER).header("ETag", "\"2\""))
                .on("/shorter", cut, Answer.ok(Arrays.copyOf(LAYER, 200_000)).header("ETag", "\"1\""))
                .on("/gone", cut, Answer.status(404))
                .on("/broken", cut, cut)) {
            assertThat(fetch(server.url("/again").toString(), Map.of())).isEqualTo(LAYER);
            for (String path : new String[] {"/changed", "/shorter"}) {
                assertThatThrownBy(() -> fetch(server.url(path).toString(), Map.of()))
                        .as(path)
                        .hasMessageContaining("another document");
            }
            assertThatThrownBy(() -> fetch(server.url("/gone").toString(), Map.of()))
                    .hasMessageContaining("404");
            assertThatThrownBy(() -> fetch(server.url("/broken").toString(), Map.of()))
                    .hasMessageContaining("100");
        }
    }

    @Test
    void undoesAnEncodingThatNobodyAskedFor() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(LAYER);
        }
        Answer answer = Answer.ok(bytes.toByteArray()).header("Content-Encoding", "gzip");
        try (FaultServer server = FaultServer.start().on("/l", answer)) {
            assertThat(fetch(server.url("/l").toString(), Map.of())).isEqualTo(LAYER);
            assertThat(fetch(server.url("/l").toString(), Map.of("Accept-Encoding", "")))
                    .isEqualTo(LAYER);
            for (Map<String, String> asked : List.of(Map.of("Accept-Encoding", "gzip"), Map.of("Range", "bytes=0-"))) {
                assertThat(fetch(server.url("/l").toString(), asked)).isEqualTo(bytes.toByteArray());
            }
            server.on("/none", Answer.ok("no gzip at all").header("Content-Encoding", "gzip"))
                    .on("/empty", Answer.ok(new byte[0]).header("Content-Encoding", "gzip"));
            assertThat(fetch(server.url("/empty").toString(), Map.of())).isEmpty();
            // There is a layer, and it is damaged.
            try (OutboundClient client = WorkerSettings.DEFAULT.client(net);
                    InputStream body = new WebLayers(client, FetchPolicy.CLAIR, Limits.DEFAULT)
                            .open(server.url("/none").toString(), Map.of())) {
                assertThatThrownBy(body::readAllBytes).hasMessageContaining("gzip");
            }
        }
    }

    @Test
    void anEndlessBodyEndsAtTheLimit() throws Exception {
        Limits few = LimitNames.with(Limits.DEFAULT, "layer-bytes", 100_000);
        try (FaultServer server = FaultServer.start().on("/l", Answer.ok(LAYER).framed(Answer.Framing.CHUNKED));
                OutboundClient client = WorkerSettings.DEFAULT.client(net);
                InputStream body = new WebLayers(client, FetchPolicy.CLAIR, few)
                        .open(server.url("/l").toString(), Map.of())) {
            assertThatThrownBy(body::readAllBytes).hasMessageContaining("limit layer-bytes");
        }
    }

    @Test
    void believesAnyCertificateOnlyWhenToldTo() throws Exception {
        try (FaultServer server = FaultServer.start(TestCertificates.stranger()).on("/l", Answer.ok(LAYER))) {
            assertThatThrownBy(() -> fetch(server.url("/l").toString(), Map.of()))
                    .hasMessageContaining("certificate");
            try (OutboundClient client =
                            WorkerSettings.DEFAULT.withInsecureTls().client(net);
                    InputStream body = new WebLayers(client, FetchPolicy.CLAIR, Limits.DEFAULT)
                            .open(server.url("/l").toString(), Map.of())) {
                assertThat(body.readAllBytes()).isEqualTo(LAYER);
            }
        }
    }

    @Test
    void asksThroughTheProxyOfTheEnvironment() throws Exception {
        try (ForwardProxy proxy = ForwardProxy.start();
                FaultServer server = FaultServer.start("127.0.0.2").on("/l", Answer.ok(LAYER))) {
            ProxyRules rules = ProxyRules.fromEnvironment(Map.of("HTTP_PROXY", "http://" + proxy.address()));
            try (OutboundClient client = WorkerSettings.DEFAULT.client(net.withProxies(rules))) {
                // Loopback addresses are never asked of a proxy, names are.
                String url = server.url("/l").toString().replace("127.0.0.2", "layers.example");
                assertThatThrownBy(() -> new WebLayers(client, FetchPolicy.CLAIR, Limits.DEFAULT).open(url, Map.of()))
                        .isInstanceOf(IOException.class);
                assertThat(proxy.heads()).hasSize(1);
                assertThat(proxy.heads().getFirst()).contains("layers.example");
            }
        }
    }

    @Test
    void logsShowNoSecrets() {
        assertThat(LayerPath.shown("https://u:p@h/x/y.tar?token=1#f")).isEqualTo("https://h/x/y.tar");
        assertThat(LayerPath.shown("http://h:80/a@b")).isEqualTo("http://h:80/a@b");
        assertThat(LayerPath.shown("http://u@h?a=b@c")).isEqualTo("http://h");
        assertThat(LayerPath.shown("/srv/layers/a?b")).isEqualTo("/srv/layers/a?b");
        assertThat(LayerPath.isWeb("HTTP://x")).isFalse();
    }

    private byte[] fetch(String url, Map<String, String> headers) throws IOException {
        try (OutboundClient client = WorkerSettings.DEFAULT.client(net);
                InputStream body = new WebLayers(client, FetchPolicy.CLAIR, Limits.DEFAULT).open(url, headers)) {
            return body.readAllBytes();
        }
    }
}
