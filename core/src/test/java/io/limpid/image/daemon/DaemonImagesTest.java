package io.limpid.image.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.PassingReader;
import io.limpid.image.Sha256;
import io.limpid.image.daemon.FakeDaemon.Raw;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.Deadlines;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a daemon may answer, right and wrong, at a socket of the file system. */
class DaemonImagesTest {
    private static final String ID = "sha256:" + "a".repeat(64);
    private static final String JSON = "/images/demo:1/json";
    private static final String GET = "/images/" + ID + "/get";
    private static final byte[] LAYER =
            new TarMaker().file("etc/os-release", "ID=debian\n").bytes();
    private static final byte[] ARCHIVE = new ImageMaker().layer(LAYER).dockerArchive("");
    private static final DaemonDeadlines SHORT = new DaemonDeadlines(times(), times());

    @TempDir
    Path folder;

    private static Deadlines times() {
        return new Deadlines(
                Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(20));
    }

    private static String described(String diffId) {
        return "{\"Id\":\"" + ID + "\",\"RootFS\":{\"Type\":\"layers\",\"Layers\":[\"" + diffId + "\"]}}";
    }

    private static Raw described() {
        return Raw.of(200, described(Sha256.of(LAYER).toString()));
    }

    private Image open(String name, Path socket, String setting) throws IOException {
        return open(name, Endpoint.ofSocket(Endpoint.DOCKER, socket, setting.isEmpty() ? null : setting));
    }

    private static Image open(String name, Endpoint endpoint) throws IOException {
        return new DaemonImages(endpoint, SHORT)
                .open(new ImageRequest(name, null, null, Limits.DEFAULT), PassingReader.NONE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anImageIsExportedByTheIdThatItsNameHad(boolean chunked) throws IOException {
        Path socket = folder.resolve("sock");
        Raw export = chunked ? Raw.chunked(ARCHIVE) : Raw.of(200, ARCHIVE);
        try (FakeDaemon daemon = FakeDaemon.at(socket, Map.of(JSON, described(), GET, export));
                Image image = open("demo:1", socket, "")) {
            assertThat(daemon.asked()).containsExactly(JSON, GET);
            assertThat(image.target().kind()).isEqualTo("docker");
            assertThat(image.target().reference()).isEqualTo("demo:1");
            assertThat(image.layers()).hasSize(1);
        }
    }

    /** As proxies before several daemons have it. */
    @Test
    void whatIsAskedForIsBelowThePathOfTheAddress() throws IOException {
        Path socket = folder.resolve("sock");
        Endpoint endpoint = new Endpoint(Endpoint.DOCKER, socket, URI.create("http://h/env/3/"), null, "DOCKER_HOST");
        Map<String, Raw> answers = Map.of("/env/3" + JSON, described(), "/env/3" + GET, Raw.of(200, ARCHIVE));
        try (FakeDaemon daemon = FakeDaemon.at(socket, answers);
                Image image = open("demo:1", endpoint)) {
            assertThat(daemon.asked()).containsExactly("/env/3" + JSON, "/env/3" + GET);
            assertThat(image.layers()).hasSize(1);
        }
    }

    /** As Docker 25 and newer send it, and those that keep images in containerd compressed. */
    @ParameterizedTest
    @EnumSource
    void anExportMayBeAnOciLayout(ImageMaker.Stored stored) throws IOException {
        Path socket = folder.resolve("sock");
        Raw export = Raw.of(200, ImageMaker.tar(new ImageMaker().layer(LAYER).ociLayout(stored, "1.0")));
        try (FakeDaemon _ = FakeDaemon.at(socket, Map.of(JSON, described(), GET, export));
                Image image = open("demo:1", socket, "")) {
            assertThat(image.target().reference()).isEqualTo("demo:1");
            assertThat(image.target().manifestDigest()).isNotNull();
            assertThat(image.layers()).hasSize(1);
        }
    }

    static Stream<Arguments> wrongAnswers() {
        Raw right = described();
        byte[] half = Arrays.copyOf(ARCHIVE, ARCHIVE.length / 2);
        return Stream.of(
                Arguments.of("404", Raw.of(404, "{}"), right, ErrorCode.NOT_FOUND, "has none of that name"),
                Arguments.of("500", Raw.of(500, "{}"), right, ErrorCode.NETWORK, "answered 500"),
                Arguments.of("export 500", right, Raw.of(500, "{}"), ErrorCode.NETWORK, "answered 500"),
                Arguments.of("redirect", Raw.of(302, "{}"), right, ErrorCode.NETWORK, "answered 302"),
                Arguments.of("no JSON", Raw.of(200, "<html>"), right, ErrorCode.NETWORK, "not understood"),
                Arguments.of("no object", Raw.of(200, "[]"), right, ErrorCode.NETWORK, "not understood"),
                Arguments.of("no Id", Raw.of(200, "{}"), right, ErrorCode.NETWORK, "without an Id"),
                Arguments.of(
                        "Id is a path", Raw.of(200, "{\"Id\":\"../x\"}"), right, ErrorCode.NETWORK, "without an Id"),
                Arguments.of(
                        "no digest",
                        Raw.of(200, described("sha256:x")),
                        Raw.of(200, ARCHIVE),
                        ErrorCode.NETWORK,
                        "not understood"),
                Arguments.of(
                        "another image",
                        Raw.of(200, described(ID)),
                        Raw.of(200, ARCHIVE),
                        ErrorCode.BROKEN_IMAGE,
                        "other layers than those it described"),
                Arguments.of("no head", new Raw(new byte[0], false), right, ErrorCode.NETWORK, "no answer"),
                Arguments.of("closed", new Raw(new byte[0], true), right, ErrorCode.NETWORK, "closed the connection"),
                Arguments.of(
                        "no HTTP",
                        new Raw("SSH-2.0\r\n\r\n".getBytes(StandardCharsets.UTF_8), true),
                        right,
                        ErrorCode.NETWORK,
                        "HTTP"),
                Arguments.of("cut", right, Raw.cut(half, true), ErrorCode.NETWORK, "was closed after"),
                Arguments.of("stalled", right, Raw.cut(half, false), ErrorCode.NETWORK, "nothing came for"),
                Arguments.of("no archive", right, Raw.of(200, "x".repeat(2000)), ErrorCode.NOT_AN_IMAGE, "demo:1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrongAnswers(String name, Raw description, Raw export, ErrorCode code, String said) throws IOException {
        Path socket = folder.resolve("sock");
        try (FakeDaemon _ = FakeDaemon.at(socket, Map.of(JSON, description, GET, export))) {
            assertThatThrownBy(() -> open("demo:1", socket, "")).isInstanceOfSatisfying(LimpidException.class, e -> {
                assertThat(e.code()).isEqualTo(code);
                assertThat(e.getMessage()).contains(said).contains("demo:1").doesNotContain("http:");
                assertThat(e.hint()).isNotNull();
            });
        }
    }

    /** A place that was named has to answer; at the usual one there may be nobody. */
    @ParameterizedTest
    @CsvSource({"'', NOT_FOUND", "DOCKER_HOST, NETWORK"})
    void nobodyIsThere(String setting, ErrorCode code) throws IOException {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> open("demo:1", none, setting)).isInstanceOfSatisfying(LimpidException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains("there is no " + none, setting);
            assertThat(e.hint()).contains("start the daemon", setting);
        });
        Path left = folder.resolve("left");
        FakeDaemon.at(left, Map.of()).close();
        assertThatThrownBy(() -> open("demo:1", left, setting)).hasMessageContaining("nobody listens at " + left);
    }

    /** One that is stopped: as many connections as its queue has room for come about, and the next waits for ever. */
    @Test
    @Timeout(60)
    void aDaemonThatAcceptsNobodyIsNotWaitedForForEver() throws IOException {
        Path socket = folder.resolve("sock");
        List<SocketChannel> queue = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket), 1);
            assertThatThrownBy(() -> {
                        while (true) {
                            SocketChannel one = SocketChannel.open(StandardProtocolFamily.UNIX);
                            queue.add(one);
                            one.configureBlocking(false);
                            one.connect(UnixDomainSocketAddress.of(socket));
                        }
                    })
                    .hasMessageContaining("temporarily unavailable");
            assertThatThrownBy(() -> open("demo:1", socket, ""))
                    .hasMessageContaining("demo:1")
                    .hasMessageContaining("no connection to")
                    .hasMessageContaining("within 2 s");
        } finally {
            for (SocketChannel one : queue) {
                one.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../secrets", "a/../../b", "a?b", "a b", "a#b", "/a", "a%2fb", "./a"})
    void whatIsNoNameIsNotAsked(String name) throws IOException {
        Path socket = folder.resolve("sock");
        try (FakeDaemon daemon = FakeDaemon.at(socket, Map.of())) {
            assertThatThrownBy(() -> open(name, socket, ""))
                    .isInstanceOfSatisfying(
                            LimpidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
            assertThat(daemon.asked()).isEmpty();
        }
    }

    private Endpoint endpoint(String kind, Map<String, String> environment) throws IOException {
        return new Endpoints(environment, folder, folder.resolve("run")).of(kind, Limits.DEFAULT);
    }

    /** Columns: kind, the environment; where the daemon is said to be. */
    @ParameterizedTest
    @CsvSource({
        "docker, , , unix://RUN/docker.sock",
        "podman, , , unix://RUN/podman/podman.sock",
        "docker, DOCKER_HOST, unix:///a/b, unix:///a/b (DOCKER_HOST)",
        "docker, DOCKER_HOST, tcp://h:2375, http://h:2375/ (DOCKER_HOST)",
        "docker, DOCKER_HOST, tcp://h, http://h:2375/ (DOCKER_HOST)",
        "docker, DOCKER_HOST, tcp://[::1]/, http://[::1]:2375/ (DOCKER_HOST)",
        "docker, DOCKER_HOST, https://h, https://h:2376/ (DOCKER_HOST)",
        "docker, DOCKER_HOST, tcp://h:1/env/3, http://h:1/env/3/ (DOCKER_HOST)",
        "podman, CONTAINER_HOST, unix:///a/b, unix:///a/b (CONTAINER_HOST)",
        "docker, DOCKER_CONTEXT, default, unix://RUN/docker.sock",
    })
    void places(String kind, String variable, String value, String place) throws IOException {
        Map<String, String> environment = variable == null ? Map.of() : Map.of(variable, value);
        assertThat(endpoint(kind, environment).description())
                .endsWith(place.replace("RUN", folder.resolve("run").toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "ssh://h, only unix:// and tcp://",
        "tcp://a b, it is no address",
        "tcp://user:secret@h:2375, it names a user",
        "https://secret@h, it names a user",
        "http://user:secret@a b, it names a user",
        "ssh://user:secret@h, only unix:// and tcp://",
        "npipe:////./pipe/docker_engine, only unix:// and tcp://"
    })
    void placesThatAreNotAsked(String host, String said) {
        assertThatThrownBy(() -> endpoint("docker", Map.of("DOCKER_HOST", host)))
                .isInstanceOf(LimpidException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("DOCKER_HOST")
                .hasMessageNotContaining("secret");
    }

    @Test
    void contexts() throws IOException {
        String sha = Sha256.of("mine".getBytes(StandardCharsets.UTF_8)).hex();
        Path meta = folder.resolve(".docker/contexts/meta/" + sha + "/meta.json");
        Files.createDirectories(meta.getParent());
        Files.writeString(meta, "{\"Name\":\"mine\",\"Endpoints\":{\"docker\":{\"Host\":\"unix:///m.sock\"}}}");
        Files.writeString(folder.resolve(".docker/config.json"), "{\"currentContext\":\"mine\"}");
        assertThat(endpoint("docker", Map.of()).description()).endsWith("unix:///m.sock (context mine)");
        assertThatThrownBy(() -> endpoint("docker", Map.of("DOCKER_CONTEXT", "yours")))
                .hasMessageContaining("there is no Docker context yours");
        Files.writeString(folder.resolve(".docker/config.json"), "{");
        assertThatThrownBy(() -> endpoint("docker", Map.of())).hasMessageContaining("cannot be read");
        // As a file that belongs to root may be.
        Files.delete(folder.resolve(".docker/config.json"));
        Files.createDirectory(folder.resolve(".docker/config.json"));
        assertThatThrownBy(() -> endpoint("docker", Map.of()))
                .isInstanceOf(LimpidException.class)
                .hasMessageContaining("config.json cannot be read: Is a directory");
    }

    /** The user's own daemon is asked where the machine has none. */
    @Test
    void rootless() throws IOException {
        Path own = Files.createFile(folder.resolve("docker.sock"));
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", folder.toString());
        assertThat(endpoint("docker", environment).socket()).isEqualTo(own);
        Path shared = Files.createDirectories(folder.resolve("run")).resolve("docker.sock");
        Files.createFile(shared);
        assertThat(endpoint("docker", environment).socket()).isEqualTo(shared);
    }
}
