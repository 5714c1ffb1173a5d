package io.limpid.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.LimpidException;
import io.limpid.server.metrics.Metrics;
import io.limpid.testing.OpenSsl;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTPS with files as people make them. */
class TlsTest {
    private static final Route READ = TestServers.echo("GET", "/echo/:name", Route.Kind.READING);
    private static final char[] PASSWORD = "limpid".toCharArray();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @BeforeAll
    static void makeFiles() throws IOException, InterruptedException {
        OpenSsl made = OpenSsl.in(folder);
        made.authority("ours");
        made.authority("other");
        made.certificate("server", "ours", "subjectAltName = IP:127.0.0.1");
        made.certificate("client", "ours", "extendedKeyUsage = clientAuth");
        made.certificate("stranger", "other", "extendedKeyUsage = clientAuth");
        for (String name : new String[] {"client", "stranger"}) {
            Process process = new ProcessBuilder(
                            "openssl",
                            "pkcs12",
                            "-export",
                            "-in",
                            name + "-cert.pem",
                            "-inkey",
                            name + "-key.pem",
                            "-out",
                            name + ".p12",
                            "-passout",
                            "pass:limpid")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void speaksHttps() throws Exception {
        try (ApiServer server = start(null)) {
            RawHttp.Reply reply = exchange(server.port(), context(null), "TLSv1.3", "TLSv1.2");
            assertThat(reply.body()).startsWith("[..]");
            assertThat(RawHttp.exchange(server.healthPort(), "GET", "/health").status())
                    .as("health is plain")
                    .isEqualTo(200);
            assertThatThrownBy(() -> exchange(server.port(), context(null), "TLSv1.1"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void letsInOnlyClientsOfItsAuthority() throws Exception {
        try (ApiServer server = start(folder.resolve("ours-ca.pem"))) {
            assertThat(exchange(server.port(), context("client"), "TLSv1.3").status())
                    .isEqualTo(200);
            assertThat(exchange(server.port(), context("client"), "TLSv1.2").status())
                    .isEqualTo(200);
            assertThatThrownBy(() -> exchange(server.port(), context("stranger"), "TLSv1.3"))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> exchange(server.port(), context(null), "TLSv1.3"))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> exchange(server.port(), context(null), "TLSv1.2"))
                    .isInstanceOf(IOException.class);
        }
    }

    /** As openssl has written them for long, and Go reads them. */
    @ParameterizedTest
    @CsvSource({
        "rsa, openssl genrsa -traditional -out rsa-key.pem 2048",
        "ec, openssl ecparam -name prime256v1 -genkey -out ec-key.pem",
        "ec384, openssl ecparam -name secp384r1 -genkey -noout -out ec384-key.pem",
    })
    void readsOlderFormsOfKeys(String name, String makesKey) throws Exception {
        openssl(makesKey);
        openssl("openssl req -x509 -new -key " + name + "-key.pem -out " + name
                + "-cert.pem -days 2 -subj /CN=x -addext subjectAltName=IP:127.0.0.1");
        assertThat(Files.readString(folder.resolve(name + "-key.pem"))).containsPattern("BEGIN (RSA|EC) PRIVATE KEY");
        Tls tls = new Tls(folder.resolve(name + "-cert.pem"), folder.resolve(name + "-key.pem"), null);
        ApiOptions options = TestServers.options(TestServers.BOUNDS, Duration.ofSeconds(30), tls, null);
        try (ApiServer server = TestServers.start(options, new Metrics(), READ)) {
            SSLContext context = context(folder.resolve(name + "-cert.pem"), null);
            assertThat(exchange(server.port(), context, "TLSv1.3").status()).isEqualTo(200);
        }
    }

    @Test
    void refusesWhatIsNoKeyOfACurve() throws IOException {
        for (String text : new String[] {"", "MA==", "MIL/////", "MAAA", "////", "MAWg/////w=="}) {
            Path key = Files.writeString(
                    folder.resolve("broken.pem"),
                    "-----BEGIN EC PRIVATE KEY-----\n" + text + "\n-----END EC PRIVATE KEY-----\n");
            assertThatThrownBy(() -> KeyFile.read(key)).as(text).isInstanceOf(IOException.class);
        }
    }

    private static void openssl(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command.split(" ", -1))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as(command).isZero();
    }

    @Test
    void saysWhichFilesCannotBeUsed() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        for (Tls tls : new Tls[] {
            new Tls(folder.resolve("absent"), folder.resolve("server-key.pem"), null),
            new Tls(folder.resolve("server-cert.pem"), empty, null),
            new Tls(folder.resolve("server-cert.pem"), folder.resolve("server-key.pem"), empty),
        }) {
            ApiOptions options = TestServers.options(TestServers.BOUNDS, Duration.ofSeconds(1), tls, null);
            assertThatThrownBy(() -> TestServers.start(options, new Metrics(), READ))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("TLS files")
                    .hasMessageContaining(folder.toString());
        }
    }

    private static ApiServer start(@Nullable Path authorities) throws LimpidException {
        Tls tls = new Tls(folder.resolve("server-cert.pem"), folder.resolve("server-key.pem"), authorities);
        ApiOptions options = TestServers.options(TestServers.BOUNDS, Duration.ofSeconds(30), tls, null);
        return TestServers.start(options, new Metrics(), READ);
    }

    private static RawHttp.Reply exchange(int port, SSLContext context, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setEnabledProtocols(protocols);
        try (RawHttp http = new RawHttp(socket)) {
            return http.send("GET", "/v1/echo/..", Map.of(), null);
        }
    }

    private static SSLContext context(@Nullable String client) throws IOException, GeneralSecurityException {
        return context(folder.resolve("ours-ca.pem"), client);
    }

    private static SSLContext context(Path trusted, @Nullable String client)
            throws IOException, GeneralSecurityException {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        try (var in = Files.newInputStream(trusted)) {
            authorities.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (client != null) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(folder.resolve(client + ".p12"))) {
                own.load(in, PASSWORD);
            }
            keys.init(own, PASSWORD);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(client == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
