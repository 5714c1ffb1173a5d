package io.limpid.image.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.PassingReader;
import io.limpid.image.Sha256;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.DockerDaemon;
import io.limpid.testing.FreePort;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.OpenSsl;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real daemon that listens by TCP, speaks TLS and wants a certificate, with files as Docker's manual has them made. */
class RealDaemonTlsTest {
    private static final String CLIENT = "extendedKeyUsage = clientAuth";
    private static final String SERVER = "extendedKeyUsage = serverAuth\nsubjectAltName = IP:127.0.0.1";

    @TempDir
    static Path folder;

    private static @Nullable DockerDaemon daemon;
    private static int port;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        OpenSsl openSsl = OpenSsl.in(folder);
        openSsl.authority("own");
        openSsl.authority("other");
        openSsl.certificate("server", "own", SERVER);
        openSsl.certificate("client", "own", CLIENT);
        openSsl.certificate("stranger", "other", CLIENT);
        openSsl.certificate("old", "own", CLIENT, List.of("rsa:2048"), "-1");
        openSsl.dockerFolder("right", "own", "client");
        openSsl.dockerFolder("wrong-authority", "other", "client");
        openSsl.dockerFolder("wrong-client", "own", "stranger");
        openSsl.dockerFolder("expired", "own", "old");
        openSsl.dockerFolder("no-client", "own", "");
        Path half = openSsl.dockerFolder("half", "own", "client");
        Files.delete(half.resolve("key.pem"));
        Files.createDirectories(folder.resolve("empty"));
        port = FreePort.next();
        DockerDaemon started = DockerDaemon.in(
                folder,
                "--host=tcp://127.0.0.1:" + port,
                "--tlsverify",
                "--tlscacert=" + folder.resolve("own-ca.pem"),
                "--tlscert=" + folder.resolve("server-cert.pem"),
                "--tlskey=" + folder.resolve("server-key.pem"));
        daemon = started;
        byte[] layer = new TarMaker().file("etc/os-release", "ID=debian\n").bytes();
        Path archive = Files.write(
                folder.resolve("image.tar"), new ImageMaker().layer(layer).dockerArchive("demo:1"));
        started.run("load", "--input", archive.toString());
    }

    @AfterAll
    static void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private static void open(Map<String, String> environment) throws IOException {
        Endpoint endpoint = new Endpoints(environment, folder.resolve("home"), folder.resolve("run"))
                .of(Endpoint.DOCKER, Limits.DEFAULT);
        try (Image image = new DaemonImages(endpoint, DaemonDeadlines.DEFAULT)
                .open(new ImageRequest("demo:1", null, null, Limits.DEFAULT), PassingReader.NONE)) {
            assertThat(image.layers()).hasSize(1);
            assertThat(image.target().reference()).isEqualTo("demo:1");
        }
    }

    private static LimpidException failure(Map<String, String> environment) {
        LimpidException failure = catchThrowableOfType(LimpidException.class, () -> open(environment));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static Map<String, String> environment(String host, String files, String variable) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DOCKER_HOST", "tcp://" + host + ":" + port);
        environment.put("DOCKER_CERT_PATH", folder.resolve(files).toString());
        if (!variable.isEmpty()) {
            environment.put(variable, "1");
        }
        return environment;
    }

    /** Columns: the host, the files, the variable that asks for TLS. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, right, DOCKER_TLS_VERIFY",
        "127.0.0.1, right, DOCKER_TLS",
        // Without verification neither the authority nor the name counts.
        "127.0.0.1, wrong-authority, DOCKER_TLS",
        "localhost, right, DOCKER_TLS",
    })
    void whoIsKnownGetsIt(String host, String files, String variable) throws IOException {
        open(environment(host, files, variable));
    }

    /** Columns: the host, the files, the variable; what is said, and what can be done. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, wrong-authority, DOCKER_TLS_VERIFY, the certificate of HOST is not trusted, wrong-authority/ca.pem",
        "localhost, right, DOCKER_TLS_VERIFY, the certificate of HOST is not for it, for this host",
        "127.0.0.1, wrong-client, DOCKER_TLS_VERIFY, , wrong-client/cert.pem",
        "127.0.0.1, expired, DOCKER_TLS_VERIFY, , expired/cert.pem",
        "127.0.0.1, no-client, DOCKER_TLS_VERIFY, , cert.pem and key.pem are not there",
        "127.0.0.1, half, DOCKER_TLS_VERIFY, key.pem cannot be used for TLS: no such file, these are the files",
        "127.0.0.1, empty, DOCKER_TLS_VERIFY, ca.pem cannot be used for TLS: no such file, these are the files",
        "127.0.0.1, right, '', the server answered 400, DOCKER_TLS_VERIFY=1",
    })
    void whoIsNotDoesNot(String host, String files, String variable, @Nullable String said, String hint) {
        LimpidException failure = failure(environment(host, files, variable));
        assertThat(failure.code()).isIn(ErrorCode.NETWORK, ErrorCode.IO);
        assertThat(failure.what())
                .contains("cannot get demo:1 from the Docker daemon at ", ":" + port, "(DOCKER_HOST)");
        // What a daemon says of a certificate may be lost when it closes the connection.
        assertThat(failure.reason())
                .containsPattern(
                        said == null
                                ? "refuses the certificate that it was shown, or wants one: |was reset|was closed"
                                : said.replace("HOST", host + ":" + port).replace(".", "\\."));
        assertThat(failure.hint()).contains(hint);
    }

    /** Columns: the files that the context has, whether it skips verification. */
    @ParameterizedTest
    @CsvSource({"right, false, true", "wrong-authority, true, true", "wrong-authority, false, false"})
    void contexts(String files, boolean skips, boolean opens) throws IOException {
        String sha = Sha256.of("mine".getBytes(StandardCharsets.UTF_8)).hex();
        Path config = Files.createTempDirectory(folder, "config");
        Path meta = Files.createDirectories(config.resolve("contexts/meta/" + sha));
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"mine\",\"Endpoints\":{\"docker\":{\"Host\":\"tcp://127.0.0.1:" + port
                        + "\",\"SkipTLSVerify\":" + skips + "}}}");
        Path tls = Files.createDirectories(config.resolve("contexts/tls/" + sha + "/docker"));
        for (String name : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.copy(folder.resolve(files).resolve(name), tls.resolve(name));
        }
        Map<String, String> environment = Map.of("DOCKER_CONTEXT", "mine", "DOCKER_CONFIG", config.toString());
        if (opens) {
            open(environment);
        } else {
            assertThat(failure(environment).getMessage()).contains("(context mine)", "is not trusted");
        }
    }

    @Test
    void anUnverifiedDaemonIsCalledThat() throws IOException {
        Map<String, String> environment = environment("127.0.0.1", "right", "DOCKER_TLS");
        assertThat(new Endpoints(environment, folder, folder)
                        .of(Endpoint.DOCKER, Limits.DEFAULT)
                        .description())
                .isEqualTo("the Docker daemon at https://127.0.0.1:" + port + "/ (DOCKER_HOST, not verified)");
    }
}
