package io.limpid.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.net.NetSettings;
import io.limpid.net.ProxyRules;
import io.limpid.net.TlsFiles;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ForwardProxy;
import io.limpid.testing.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom it believes, through whom it goes, and how long it waits. */
class WebhookTest {
    private static final String NAME = "36a96f50-89f0-43aa-bf50-57badfaee141";
    private static final NetSettings NET = NetSettings.fromEnvironment(Map.of(), "test");

    @TempDir
    Path folder;

    private static void send(URI endpoint, @Nullable TlsFiles tls, NetSettings net) throws Exception {
        try (Webhook webhook = new Webhook(endpoint, tls, net)) {
            webhook.send(NAME);
        }
    }

    private TlsFiles believing(@Nullable String serverName) throws IOException {
        return new TlsFiles(TestCertificates.authority(folder), null, null, serverName, true);
    }

    @Test
    void believesWhomItIsToldToBelieve() throws Exception {
        try (FaultServer receiver = FaultServer.start(TestCertificates.server())) {
            receiver.on("/hook", Answer.status(200));
            assertThatThrownBy(() -> send(receiver.url("/hook"), null, NET)).hasMessageContaining("is not trusted");
            assertThat(receiver.requests()).isEmpty();
            send(receiver.url("/hook"), believing(null), NET);
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void believesANameThatIsNotTheHosts() throws Exception {
        try (FaultServer receiver = FaultServer.start(TestCertificates.otherName())) {
            receiver.on("/hook", Answer.status(200));
            assertThatThrownBy(() -> send(receiver.url("/hook"), believing(null), NET))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> send(receiver.url("/hook"), believing("wrong.example"), NET))
                    .isInstanceOf(IOException.class);
            assertThat(receiver.requests()).isEmpty();
            send(receiver.url("/hook"), believing("other.example"), NET);
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    /** Also when the receiver is on this machine, which the variables of the environment would spare. */
    @ParameterizedTest
    @ValueSource(strings = {"receiver.example", "127.0.0.1", "localhost"})
    void goesThroughItsProxy(String host) throws Exception {
        try (FaultServer receiver = FaultServer.start();
                ForwardProxy proxy = ForwardProxy.start()) {
            receiver.on("/hook", Answer.status(201));
            URI endpoint = URI.create("http://" + host + ":" + receiver.port() + "/hook");
            send(endpoint, null, NET.withProxies(ProxyRules.of(proxy.address(), "notifier.http.proxy")));
            assertThat(proxy.heads()).hasSize(1);
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void waitsFiveSeconds() throws Exception {
        try (FaultServer receiver = FaultServer.start()) {
            receiver.on("/hook", Answer.status(200).dripHead(Duration.ofSeconds(2)));
            long begun = System.nanoTime();
            assertThatThrownBy(() -> send(receiver.url("/hook"), null, NET)).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
        }
    }
}
