package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.LimpidException;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ForwardProxy;
import io.limpid.testing.FreePort;
import io.limpid.testing.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests through a real forward proxy, to hosts whose names only the proxy knows. */
class ProxyTest {
    @TempDir
    private Path folder;

    private NetSettings through(String proxy) throws IOException {
        return Settings.PLAIN
                .withCaFile(TestCertificates.authority(folder))
                .withProxies(ProxyRules.fromEnvironment(Map.of("HTTP_PROXY", proxy, "HTTPS_PROXY", proxy)));
    }

    private static String fetch(NetSettings settings, String url) throws IOException, InterruptedException {
        try (OutboundClient client = new OutboundClient(settings);
                WebResponse response =
                        client.exchange(WebRequest.get(URI.create(url), 1 << 20).with("Authorization", "Bearer abc"))) {
            return response.status() + " " + new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static LimpidException failure(NetSettings settings, String url) {
        return catchThrowableOfType(LimpidException.class, () -> fetch(settings, url));
    }

    @Test
    void httpIsAskedForInAbsoluteForm() throws Exception {
        try (FaultServer server = FaultServer.start();
                ForwardProxy proxy = ForwardProxy.start().wanting("Basic bWU6cEBzcw==")) {
            server.on("/a", Answer.ok("x"));
            String host = "only.proxy.example:" + server.port();
            assertThat(fetch(through("http://me:p%40ss@" + proxy.address()), "http://" + host + "/a?b=c"))
                    .isEqualTo("200 x");
            assertThat(proxy.heads())
                    .containsExactly(String.join(
                            "\n",
                            "GET http://" + host + "/a?b=c HTTP/1.1",
                            "Host: " + host,
                            "User-Agent: limpid/test",
                            "Authorization: Bearer abc",
                            "Proxy-Authorization: Basic bWU6cEBzcw=="));
        }
    }

    @Test
    void httpsIsTunnelledAndTheProxySeesNothing() throws Exception {
        tunnelled(null);
    }

    @Test
    void aProxyMayItselfBeSpokenToByTls() throws Exception {
        tunnelled(TestCertificates.server());
    }

    private void tunnelled(@Nullable SSLContext tls) throws Exception {
        try (FaultServer server = FaultServer.start(TestCertificates.server());
                ForwardProxy proxy =
                        (tls == null ? ForwardProxy.start() : ForwardProxy.start(tls)).wanting("Basic bWU6")) {
            server.on("/a", Answer.ok("x".repeat(50_000)));
            String host = "registry.example:" + server.port();
            String url = (tls == null ? "http://me@" : "https://me@") + proxy.address();
            try (OutboundClient client = new OutboundClient(through(url))) {
                for (int i = 0; i < 2; i++) {
                    WebRequest request = WebRequest.get(URI.create("https://" + host + "/a"), 1 << 20)
                            .with("Authorization", "Bearer abc");
                    try (WebResponse response = client.exchange(request)) {
                        assertThat(response.body().readAllBytes()).hasSize(50_000);
                    }
                }
            }
            assertThat(proxy.heads())
                    .as("one tunnel, used twice")
                    .containsExactly(String.join(
                            "\n",
                            "CONNECT " + host + " HTTP/1.1",
                            "Host: " + host,
                            "User-Agent: limpid/test",
                            "Proxy-Authorization: Basic bWU6"));
            assertThat(server.requests().getFirst().fields())
                    .containsExactly("Host: " + host, "User-Agent: limpid/test", "Authorization: Bearer abc");
        }
    }

    @Test
    void whatTheProxyAnswersIsNotTakenForTheServersAnswer() throws IOException {
        try (ForwardProxy proxy = ForwardProxy.start().refusing("200-ish no")) {
            assertThat(failure(through(proxy.address()), "https://a.example/").reason())
                    .startsWith("the answer of the proxy " + proxy.address());
            proxy.refusing("404 Not here");
            assertThat(failure(through(proxy.address()), "https://a.example/").reason())
                    .isEqualTo("the proxy " + proxy.address() + " (HTTPS_PROXY) answered 404 Not Found");
        }
    }

    @Test
    void aProxyThatWantsCredentialsIsNamed() throws IOException {
        try (ForwardProxy proxy = ForwardProxy.start().wanting("Basic bWU6")) {
            for (String scheme : new String[] {"http", "https"}) {
                LimpidException told = failure(through("me:wrong@" + proxy.address()), scheme + "://a.example/");
                assertThat(told.reason())
                        .isEqualTo("the proxy " + proxy.address() + " (" + scheme.toUpperCase(Locale.ROOT)
                                + "_PROXY) answered 407 Proxy Authentication Required");
                assertThat(told.hint()).contains("http://USER:PASSWORD@HOST:PORT");
                assertThat(told.what() + told.reason() + told.hint()).doesNotContain("wrong");
            }
        }
    }

    @Test
    void a407OfAServerIsTheServers() throws Exception {
        try (FaultServer server = FaultServer.start()) {
            server.on("/a", Answer.status(407));
            assertThat(fetch(Settings.PLAIN, server.url("/a").toString())).startsWith("407 ");
        }
    }

    @Test
    void a407BehindATunnelIsTheServersToo() throws Exception {
        try (FaultServer server = FaultServer.start(TestCertificates.server());
                ForwardProxy proxy = ForwardProxy.start()) {
            server.on("/a", Answer.status(407));
            assertThat(fetch(through(proxy.address()), "https://registry.example:" + server.port() + "/a"))
                    .startsWith("407 ");
        }
    }

    @Test
    void theProxyThatIsNotThereIsNamedNotTheServer() throws IOException {
        // Nobody ever listened there: a listener that was closed may still answer whom it had already let in.
        String gone = "127.0.0.1:" + FreePort.next();
        assertThat(failure(through(gone), "https://a.example/").reason())
                .isEqualTo("the proxy " + gone + " (HTTPS_PROXY) refused the connection");
    }

    @Test
    void aSettingThatIsNoUsableProxyFailsWhatNeedsIt() throws IOException {
        LimpidException told = failure(through("socks5://127.0.0.1:1080"), "https://a.example/");
        assertThat(told.reason()).isEqualTo("HTTPS_PROXY names a socks5 proxy, which is not supported");
        assertThat(told.hint()).contains("HTTPS_PROXY").contains("NO_PROXY");
        assertThat(failure(through("http://a b:1"), "http://a.example/").reason())
                .isEqualTo("HTTP_PROXY is not the URL of a proxy");
    }

    @Test
    void loopbackIsNeverAskedOfAProxy() throws Exception {
        try (FaultServer server = FaultServer.start();
                ForwardProxy proxy = ForwardProxy.start()) {
            server.on("/a", Answer.ok("x"));
            NetSettings settings = through(proxy.address());
            assertThat(fetch(settings, server.url("/a").toString())).isEqualTo("200 x");
            assertThat(fetch(settings, "http://localhost:" + server.port() + "/a"))
                    .isEqualTo("200 x");
            assertThat(proxy.heads()).isEmpty();
        }
    }

    @Test
    void redirectsAreAskedOfTheirOwnProxy() throws Exception {
        try (FaultServer server = FaultServer.start();
                ForwardProxy proxy = ForwardProxy.start()) {
            server.on("/a", Answer.redirect(302, "http://b.example:" + server.port() + "/b"));
            server.on("/b", Answer.ok("x"));
            assertThat(fetch(through(proxy.address()), server.url("/a").toString()))
                    .isEqualTo("200 x");
            assertThat(proxy.heads()).hasSize(1);
            assertThat(proxy.heads().getFirst())
                    .startsWith("GET http://b.example:")
                    .doesNotContain("Bearer");
        }
    }
}
