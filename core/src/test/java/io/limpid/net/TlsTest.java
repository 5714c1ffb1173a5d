package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS with real handshakes: who is trusted, and what is said of who is not. */
class TlsTest {
    @TempDir
    private Path folder;

    private NetSettings trusting = Settings.PLAIN;

    @BeforeEach
    void trust() throws IOException {
        trusting = Settings.PLAIN.withCaFile(TestCertificates.authority(folder));
    }

    private static String fetch(NetSettings settings, URI url) throws IOException, InterruptedException {
        try (OutboundClient client = new OutboundClient(settings);
                WebResponse response = client.exchange(WebRequest.get(url, 1 << 20))) {
            return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static LimpidException failure(NetSettings settings, URI url) {
        return catchThrowableOfType(LimpidException.class, () -> fetch(settings, url));
    }

    private LimpidException failure(SSLContext tls) throws IOException {
        try (FaultServer server = FaultServer.start(tls)) {
            server.on("/a", Answer.ok("x"));
            LimpidException told = failure(trusting, server.url("/a"));
            assertThat(server.requests()).isEmpty();
            assertThat(String.valueOf(told.reason())).startsWith("the certificate of localhost:" + server.port());
            return told;
        }
    }

    private static String words(LimpidException told) {
        return String.valueOf(told.reason()).replaceAll("localhost:\\d+", "HOST");
    }

    @Test
    void theFilesAuthorityIsTrusted() throws Exception {
        try (FaultServer server = FaultServer.start(TestCertificates.server())) {
            server.on("/a", Answer.ok("x".repeat(100_000)));
            try (OutboundClient client = new OutboundClient(trusting)) {
                for (int i = 0; i < 2; i++) {
                    try (WebResponse response = client.exchange(WebRequest.get(server.url("/a"), 1 << 20))) {
                        assertThat(response.body().readAllBytes()).hasSize(100_000);
                    }
                }
            }
            assertThat(server.connections()).isEqualTo(1);
            URI byAddress = URI.create("https://127.0.0.1:" + server.port() + "/a");
            assertThat(fetch(trusting, byAddress)).hasSize(100_000);
        }
    }

    @Test
    void nobodyElseIs() throws IOException {
        LimpidException told = failure(TestCertificates.stranger());
        assertThat(words(told))
                .isEqualTo("the certificate of HOST is not trusted: unable to find valid certification path to"
                        + " requested target");
        assertThat(told.hint()).contains("SSL_CERT_FILE");
        assertThat(told.code()).isEqualTo(ErrorCode.NETWORK);
    }

    @Test
    void withoutTheFileTheAuthorityIsNotTrusted() throws IOException {
        try (FaultServer server = FaultServer.start(TestCertificates.server())) {
            assertThat(words(failure(Settings.PLAIN, server.url("/a"))))
                    .startsWith("the certificate of HOST is not trusted: ");
        }
    }

    @Test
    void theCertificateMustBeForTheHost() throws IOException {
        assertThat(words(failure(TestCertificates.otherName())))
                .isEqualTo("the certificate of HOST is not for it: No subject alternative DNS name matching localhost"
                        + " found.");
    }

    @Test
    void andForToday() throws IOException {
        LimpidException told = failure(TestCertificates.expired());
        assertThat(words(told)).isEqualTo("the certificate of HOST is not valid today");
        assertThat(told.hint()).contains("clock");
    }

    @Test
    void whatSpeaksNoTlsIsSaidTo() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException _) {
                    // The client has seen enough.
                }
            });
            String host = "127.0.0.1:" + listener.getLocalPort();
            assertThat(failure(trusting, URI.create("https://" + host + "/a")).reason())
                    .startsWith("TLS with " + host + " failed: ");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "HANG_UP", "RESET"})
    void aBodyThatIsCutIsNeverTakenForAWhole(Answer.Ending ending) throws IOException {
        try (FaultServer server = FaultServer.start(TestCertificates.server())) {
            server.on("/a", Answer.ok("x".repeat(5000)).cut(1234, ending));
            assertThat(failure(trusting, server.url("/a")).reason())
                    // With a reset what came before it may be lost, even the head.
                    .matches("the connection .*was (closed|reset) (after .* of 5.0 kB|before the answer was there)");
        }
    }

    @Test
    void httpsIsNotLeftForHttp() throws IOException {
        try (FaultServer server = FaultServer.start(TestCertificates.server());
                FaultServer plain = FaultServer.start()) {
            server.on("/a", Answer.redirect(302, plain.url("/b?c=d").toString()));
            assertThat(failure(trusting, server.url("/a")).reason())
                    .isEqualTo("it is redirected from https to http: " + plain.url("/b?c=..."));
            assertThat(plain.connections()).isZero();
        }
    }

    @Test
    void theFileMayHaveWordsBetweenItsCertificates() throws Exception {
        String pem = Files.readString(folder.resolve("ca.pem"));
        Path file = folder.resolve("bundle.pem");
        Files.writeString(file, "# Issuer: -- nobody --\r\n" + pem.replace("\n", "\r\n") + "\n# again\n" + pem);
        try (FaultServer server = FaultServer.start(TestCertificates.server())) {
            server.on("/a", Answer.ok("x"));
            assertThat(fetch(Settings.PLAIN.withCaFile(file), server.url("/a"))).isEqualTo("x");
        }
    }

    @Test
    void aFileThatCannotBeUsedIsSaidToBe() throws IOException {
        Path file = folder.resolve("file.pem");
        assertThat(unusable(file)).endsWith("no such file");
        Files.writeString(file, "nothing");
        assertThat(unusable(file)).endsWith("there is no certificate in it");
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        assertThat(unusable(file)).endsWith("certificate 1 of it is none");
        assertThat(unusable(folder)).endsWith("it cannot be read");
    }

    private static String unusable(Path file) {
        LimpidException told = failure(Settings.PLAIN.withCaFile(file), URI.create("https://127.0.0.1:1/"));
        // Nobody listens there: the file is asked for only once there is a connection.
        assertThat(told.reason()).isEqualTo("127.0.0.1:1 refused the connection");
        try (FaultServer server = FaultServer.start()) {
            LimpidException used =
                    failure(Settings.PLAIN.withCaFile(file), URI.create("https://127.0.0.1:" + server.port() + "/"));
            assertThat(used.code()).isEqualTo(ErrorCode.IO);
            assertThat(used.hint()).contains("SSL_CERT_FILE");
            return String.valueOf(used.reason());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
