package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.testing.DockerDaemon;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers arrive at a server byte for byte, at nobody else, and what it says is printed as the original program did. */
class PushCommandTest {
    private static final String LAYER = """
        {"Name":"LAST","Features":[
         {"Name":"bash","Version":"5.0","AddedBy":"l1","Vulnerabilities":[
          {"Name":"CVE-1","Severity":"Low","Link":"https://e.example/1"},
          {"Name":"CVE-3","Severity":"Unknown"},
          {"Name":"CVE-2","Severity":"High","FixedBy":"5.1","Description":"A flaw in the reading of lines \\u001b[2J that are long lets whoever writes them run whatever they want.\\nTwice."}]},
         {"Name":"zlib","Version":"1","AddedBy":"l2"}]}
        """;

    @TempDir
    private Path folder;

    private ClairServer clair;
    private final byte[] base = new TarMaker()
            .file("etc/os-release", "ID=debian\n")
            .file("noise", noise(100_000))
            .bytes();
    private final byte[] upper = new TarMaker().file("noise", noise(300_000)).bytes();

    @BeforeEach
    void start() throws IOException {
        clair = new ClairServer("127.0.0.1");
    }

    @AfterEach
    void stop() {
        clair.close();
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return noise;
    }

    private ImageMaker image() {
        return new ImageMaker().layer(base).layer(upper).layer(base);
    }

    private String archive() throws IOException {
        return Files.write(folder.resolve("image.tar"), image().dockerArchive("a:1"))
                .toString();
    }

    private void checkThatAllArrived() {
        assertThat(clair.posts).hasSize(3);
        assertThat(clair.posts.get(0).fetched().body()).isEqualTo(base);
        assertThat(clair.posts.get(1).fetched().body()).isEqualTo(upper);
        assertThat(clair.posts.get(2).fetched().body()).isEqualTo(base);
        assertThat(clair.posts).extracting(ClairServer.Posted::format).containsOnly("Docker");
        assertThat(clair.posts.get(0).parent()).isEmpty();
        assertThat(clair.posts.get(1).parent()).isEqualTo(clair.posts.get(0).name());
        assertThat(clair.posts.get(2).parent()).isEqualTo(clair.posts.get(1).name());
        // The same layer over another one is another layer.
        assertThat(clair.posts).extracting(ClairServer.Posted::name).doesNotHaveDuplicates();
    }

    @Test
    void anArchiveIsPushedAndTheReportIsTheOriginals() throws IOException {
        clair.layer = LAYER;
        TestConsole console = TestConsole.with("");
        assertThat(console.run("push", "--endpoint", clair.url(), archive()))
                .as(console.err())
                .isZero();
        checkThatAllArrived();
        assertThat(console.err()).isEmpty();
        assertThat(console.out()
                        .replaceFirst(
                                "\\(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)? \\+0000 UTC\\)", "(TIME)"))
                .isEqualTo("Clair report for image " + folder.resolve("image.tar") + """
                     (TIME)
                    CVE-2 (High)
                    \tA flaw in the reading of lines \\u{1b}[2J that are long lets whoever writes them run
                    \twhatever they want. Twice.

                    \tPackage:       bash @ 5.0
                    \tFixed version: 5.1
                    \tLayer:         l1

                    CVE-1 (Low)
                    \tPackage:       bash @ 5.0
                    \tLink:          https://e.example/1
                    \tLayer:         l1

                    """);
    }

    @Test
    void byTheOldNameAndItsFlags() throws IOException {
        clair.layer = LAYER;
        TestConsole console = TestConsole.with("");
        assertThat(console.run(
                        "analyze-local-images",
                        "-endpoint=" + clair.url(),
                        "-my-address",
                        "127.0.0.1",
                        "-minimum-severity",
                        "critical",
                        "-color",
                        "always",
                        archive()))
                .as(console.err())
                .isZero();
        assertThat(console.out())
                .endsWith("\n\u001b[33mNOTE:\u001b[0m No vulnerabilities matching the minimum severity level were"
                        + " detected in your image\n");
        checkThatAllArrived();
    }

    @Test
    void nothingFoundAndNothingKnownAreNotTheSame() throws IOException {
        TestConsole console = TestConsole.with("");
        assertThat(console.run("push", "--endpoint", clair.url(), "--fail-on", "high", archive()))
                .isEqualTo(ExitCode.UNKNOWN);
        assertThat(console.out()).contains("\nNOTE: No features have been detected in the image.");
        clair.layer = "{\"Name\":\"LAST\",\"Features\":[{\"Name\":\"a\",\"Version\":\"1\"}]}";
        assertThat(console.run("push", "--endpoint", clair.url(), "--fail-on", "high", archive()))
                .isZero();
        assertThat(console.out()).endsWith("\nSuccess! No vulnerabilities were detected in your image\n");
        clair.layer = LAYER;
        assertThat(console.run("push", "--endpoint", clair.url(), "--fail-on", "high", archive()))
                .isEqualTo(ExitCode.GATE_FAILED);
    }

    @ParameterizedTest
    @EnumSource(ImageMaker.Stored.class)
    void layersOfALayout(ImageMaker.Stored stored) throws IOException {
        Map<String, byte[]> files = image().ociLayout(stored, "1");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve("layout").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        TestConsole console = TestConsole.with("");
        assertThat(console.run("push", "--endpoint", clair.url(), "oci-dir:" + folder.resolve("layout")))
                .as(console.err())
                .isZero();
        assertThat(clair.posts).hasSize(3);
        for (ClairServer.Posted posted : clair.posts) {
            byte[] body = posted.fetched().body();
            // What Clair cannot inflate arrives inflated, the rest as it is stored.
            boolean plain = body.length == base.length || body.length == upper.length;
            assertThat(plain || files.values().stream().anyMatch(file -> Arrays.equals(file, body)))
                    .isTrue();
            assertThat(Arrays.copyOf(body, 4)).isNotEqualTo(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});
        }
    }

    @Test
    void whatCanOnlyBeReadForwardIsKeptMeanwhile() throws IOException {
        TestConsole console = TestConsole.with(image().dockerArchive("a:1"));
        assertThat(console.run("push", "--endpoint", clair.url(), "-"))
                .as(console.err())
                .isZero();
        checkThatAllArrived();
    }

    @Test
    void nobodyElseGetsALayer() throws IOException {
        clair.from = "127.0.0.2";
        TestConsole console = TestConsole.with("");
        assertThat(console.run("push", "--endpoint", clair.url(), archive())).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(clair.posts).hasSize(1);
        assertThat(clair.posts.getFirst().fetched().status()).isEqualTo(403);
        assertThat(clair.posts.getFirst().fetched().body()).isEmpty();
        assertThat(console.err())
                .contains("127.0.0.1:", " answered 400: could not find layer; layers were asked for from 127.0.0.2")
                .contains("--allow 127.0.0.2");
        clair.posts.clear();
        assertThat(TestConsole.with("").run("push", "--endpoint", clair.url(), "--allow", "127.0.0.2", archive()))
                .isZero();
        checkThatAllArrived();
    }

    @Test
    void aServerOnAnotherLoopbackAddress() throws IOException {
        try (ClairServer other = new ClairServer("127.0.0.3")) {
            assertThat(TestConsole.with("").run("push", "--endpoint", other.url(), archive()))
                    .isZero();
            other.posts.clear();
            other.from = "127.0.0.3";
            assertThat(TestConsole.with("").run("push", "--endpoint", other.url(), archive()))
                    .isZero();
            assertThat(other.posts).hasSize(3);
        }
    }

    @Test
    void afterwardsNobodyListens() throws IOException {
        assertThat(TestConsole.with("").run("push", "--endpoint", clair.url(), archive()))
                .isZero();
        URI path = URI.create(clair.posts.getFirst().path());
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), path.getPort()));
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void errorsSayWhoAndWhyAndWhatToDo() throws IOException {
        clair.error = "worker: OS and/or package manager are not supported";
        clair.errorStatus = 422;
        TestConsole console = TestConsole.with("");
        assertThat(console.run("push", "--endpoint", clair.url(), archive())).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(console.err())
                .startsWith("error: layer ")
                .contains("\ncause: 127.0.0.1:", " answered 422: worker: OS and/or package manager are not supported\n")
                .contains("\nhint: Clair knows no operating system");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void aPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TestConsole console = TestConsole.with("");
            String port = Integer.toString(taken.getLocalPort());
            assertThat(console.run("push", "--endpoint", clair.url(), "--port", port, archive()))
                    .isEqualTo(ExitCode.TOOL_ERROR);
            assertThat(console.err()).contains("cannot be served at 127.0.0.1 port " + port, "--port");
        }
    }

    @Test
    void aLayerThatIsNotWhatItsImageSaysNeverArrivesWhole() throws IOException {
        byte[] archive = image().dockerArchive("a:1");
        // In the middle of the noise of the second layer, which no header is about.
        byte[] find = Arrays.copyOfRange(noise(300_000), 1000, 1040);
        archive[indexOf(archive, find)] ^= 1;
        Path file = Files.write(folder.resolve("bad.tar"), archive);
        TestConsole console = TestConsole.with("");
        assertThat(console.run("push", "--endpoint", clair.url(), file.toString()))
                .isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(console.err()).contains("is not what the image says", "do not have the digest sha256:");
        assertThat(clair.posts.getLast().fetched().whole()).isFalse();
    }

    /** Inflated on the way it has no length that would tell. */
    @Test
    void norOneThatIsInflated() throws IOException {
        for (Map.Entry<String, byte[]> file :
                image().ociLayout(ImageMaker.Stored.ZSTD, "1").entrySet()) {
            Path path = folder.resolve("layout").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            byte[] bytes = file.getValue();
            if (bytes.length > 200_000) {
                bytes[bytes.length / 2] ^= 1;
            }
            Files.write(path, bytes);
        }
        TestConsole console = TestConsole.with("");
        assertThat(console.run("push", "--endpoint", clair.url(), "oci-dir:" + folder.resolve("layout")))
                .isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(clair.posts).hasSize(2);
        assertThat(console.out()).isEmpty();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
    }

    @Test
    void wrongWordsAreUsageErrors() throws IOException {
        for (List<String> words : List.of(
                List.of("push"),
                List.of("push", "a", "b"),
                List.of("push", "--endpoint", "clair:6060", "a"),
                List.of("push", "--port", "0", "a"),
                List.of("push", "--minimum-severity", "hihg", "a"))) {
            TestConsole console = TestConsole.with("");
            assertThat(console.run(words.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void anInterruptLeavesNothingBehind() throws Exception {
        clair.hangs = true;
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Process process = process(temporary, Map.of(), "push", "--endpoint", clair.url(), "-");
        try (var in = process.getOutputStream()) {
            in.write(image().dockerArchive("a:1"));
        }
        assertThat(clair.posted.await(60, TimeUnit.SECONDS)).isTrue();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        try (var left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anImageOfARealDaemon() throws Exception {
        Path own = Files.createDirectories(folder.resolve("docker"));
        try (DockerDaemon docker = DockerDaemon.in(own)) {
            docker.run("load", "--input", archive());
            for (String export : List.of("", "1")) {
                clair.posts.clear();
                Map<String, String> environment = export.isEmpty()
                        ? Map.of("DOCKER_HOST", "unix://" + docker.socket())
                        : Map.of("DOCKER_HOST", "unix://" + docker.socket(), "LIMPID_DOCKER_EXPORT", export);
                Process process = process(folder, environment, "push", "--endpoint", clair.url(), "a:1");
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).as(out).isZero();
                assertThat(out).startsWith("Clair report for image a:1 (");
                checkThatAllArrived();
            }
        }
    }

    private static Process process(Path temporary, Map<String, String> environment, String... words)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // A build that runs in the background of a shell ignores interrupts, and so would whom it starts.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS") || name.endsWith("TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
