package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.image.Sha256;
import io.limpid.testing.Answer;
import io.limpid.testing.Answer.Ending;
import io.limpid.testing.Answer.Framing;
import io.limpid.testing.FaultServer;
import io.limpid.testing.FaultServer.Request;
import io.limpid.testing.FreePort;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that are busy, broken, somebody else's, or want to see a token: what they say is told, and is never taken for a clean image. */
class PushRefusalTest {
    private static final Answer CREATED = Answer.status(201).body("{}".getBytes(StandardCharsets.UTF_8));
    private static final Answer NO_GRANT = error(401, "it needs a token").header("WWW-Authenticate", "Bearer");

    @TempDir
    private Path folder;

    private static final byte[] LAYER =
            new TarMaker().file("etc/os-release", "ID=debian\n").bytes();
    /** As a push calls a layer over nothing. */
    private static final String NAME = Sha256.of(LAYER).hex();

    private FaultServer server;
    private String archive;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        server.on("/v1/layers", CREATED);
        server.on("/v1/layers/" + NAME, Answer.ok(answer("\"Features\":[{\"Name\":\"a\",\"Version\":\"1\"}]")));
        archive = Files.write(
                        folder.resolve("image.tar"),
                        new ImageMaker().layer(LAYER).dockerArchive("a:1"))
                .toString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Answer error(int status, String message) {
        return Answer.status(status)
                .body(("{\"Error\":{\"Message\":\"" + message + "\"}}\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(String members) {
        return "{\"Layer\":{\"Name\":\"" + NAME + "\"," + members + "}}";
    }

    private TestConsole console(Map<String, String> environment) {
        return TestConsole.with("", environment);
    }

    private int push(TestConsole console, String... more) {
        List<String> words = Stream.concat(
                        Stream.of("push", "--endpoint", server.url("").toString(), archive), Stream.of(more))
                .toList();
        return console.run(words.toArray(String[]::new));
    }

    static Stream<Arguments> posts() {
        return Stream.of(
                Arguments.of(error(500, "boom"), " answered 500: boom\n", "server's log"),
                Arguments.of(
                        Answer.status(502).body("<html>no</html>".getBytes(StandardCharsets.UTF_8)),
                        " answered 502: <html>no</html>",
                        "log"),
                Arguments.of(Answer.ok("{}"), " answered 200: {}", ""),
                Arguments.of(error(400, "could not find layer"), "could not find layer", "--my-address"),
                Arguments.of(
                        error(422, "worker: OS and/or package manager are not supported"),
                        "not supported",
                        "limpid scan"),
                Arguments.of(Answer.status(404), " answered 404", "not that of its health"),
                Arguments.of(
                        error(503, "the database is gone"), " answered 503: the database is gone", "a little later"),
                Arguments.of(NO_GRANT, " answered 401", "LIMPID_TOKEN or --token-file FILE"),
                Arguments.of(Answer.status(401), " answered 401", "http://USER:PASSWORD@HOST, or a token"),
                Arguments.of(Answer.status(403), " answered 403", "http://USER:PASSWORD@HOST, or a token"),
                Arguments.of(Answer.status(429).header("Retry-After", "100000"), "429", "push again later"),
                Arguments.of(Answer.raw("SSH-2.0-x\r\n"), "is not HTTP", ""),
                Arguments.of(Answer.raw(""), "closed the connection without an answer", ""),
                Arguments.of(error(500, "x".repeat(100)).cut(5, Ending.HANG_UP), "", ""));
    }

    @ParameterizedTest
    @MethodSource("posts")
    void aLayerThatIsNotTaken(Answer answer, String cause, String hint) {
        server.on("/v1/layers", answer);
        TestConsole console = console(Map.of());
        assertThat(push(console)).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(console.out()).isEmpty();
        assertThat(console.err())
                .startsWith("error: ")
                .contains("\ncause: ", cause)
                .contains(hint);
        assertThat(server.requests()).hasSize(1);
    }

    static Stream<Arguments> results() {
        String whole = answer("\"Features\":[]");
        return Stream.of(
                Arguments.of(
                        error(503, "the updater debian has never finished"),
                        " answered 503: the updater debian has never finished",
                        "nothing can be said"),
                Arguments.of(error(404, "the resource cannot be found"), " answered 404", ""),
                Arguments.of(error(500, "boom"), " answered 500: boom", ""),
                Arguments.of(error(200, "boom"), "it has an Error: boom", "--endpoint"),
                Arguments.of(Answer.ok(""), "not Clair's API v1", "--endpoint"),
                Arguments.of(Answer.ok("<html>"), "not Clair's API v1", "--endpoint"),
                Arguments.of(Answer.ok("[]"), "it is no object", "--endpoint"),
                Arguments.of(Answer.ok("{}"), "it has no Layer", "--endpoint"),
                Arguments.of(Answer.ok("{\"Layer\":[]}"), "not Clair's API v1", "--endpoint"),
                Arguments.of(Answer.ok("{\"Layer\":{}}"), "about another layer", "--endpoint"),
                Arguments.of(
                        Answer.ok("{\"Layer\":{\"Name\":\"other\",\"Features\":[]}}"),
                        "about another layer",
                        "--endpoint"),
                Arguments.of(Answer.ok(whole.replace("[]", "{}")), "not Clair's API v1", "--endpoint"),
                Arguments.of(Answer.ok(whole.replace("[]", "[1]")), "not Clair's API v1", "--endpoint"),
                Arguments.of(
                        Answer.ok(whole.replace("[]", "[{\"Vulnerabilities\":7}]")),
                        "not Clair's API v1",
                        "--endpoint"),
                Arguments.of(Answer.ok(whole).cut(20, Ending.HANG_UP), "", ""),
                Arguments.of(Answer.ok(whole).framed(Framing.CHUNKED).cut(20, Ending.RESET), "", ""),
                Arguments.of(
                        Answer.ok(whole + " ".repeat(20_000)),
                        "(limit document-bytes)",
                        "--limit document-bytes=NUMBER"),
                Arguments.of(
                        Answer.redirect(302, "http://127.0.0.1:1/x"),
                        " answered 302",
                        "--endpoint http://127.0.0.1:1"));
    }

    /** Each of these could be read as an image without vulnerabilities. */
    @ParameterizedTest
    @MethodSource("results")
    void aResultThatIsNone(Answer answer, String cause, String hint) {
        server.on("/v1/layers/" + NAME, answer);
        TestConsole console = console(Map.of());
        assertThat(push(console, "--limit", "document-bytes=10000")).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(console.out()).isEmpty();
        assertThat(console.err())
                .startsWith("error: ")
                .contains("\ncause: ", cause)
                .contains(hint);
    }

    @Test
    void theResultIsAskedForAsTheOriginalDid() {
        TestConsole console = console(Map.of());
        assertThat(push(console)).as(console.err()).isZero();
        assertThat(server.requests()).extracting(Request::method).containsExactly("POST", "GET");
        assertThat(server.requests())
                .extracting(Request::target)
                .containsExactly("/v1/layers", "/v1/layers/" + NAME + "?vulnerabilities");
        assertThat(server.requests())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isNull());
    }

    @Test
    void aBusyServerIsAskedAgain() {
        Answer busy = error(429, "too many requests at once, try again").header("Retry-After", "0");
        server.on("/v1/layers", busy, busy, CREATED);
        server.on("/v1/layers/" + NAME, busy, Answer.ok(answer("\"Features\":[{\"Name\":\"a\",\"Version\":\"1\"}]")));
        TestConsole console = console(Map.of());
        assertThat(push(console)).as(console.err()).isZero();
        assertThat(console.out()).endsWith("\nSuccess! No vulnerabilities were detected in your image\n");
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void aSlowServerIsWaitedFor() {
        server.on("/v1/layers", CREATED.dripHead(Duration.ofMillis(1)));
        server.on(
                "/v1/layers/" + NAME,
                Answer.ok(answer("\"Features\":[{\"Name\":\"a\",\"Version\":\"1\"}]"))
                        .dripHead(Duration.ofMillis(1)));
        TestConsole console = console(Map.of());
        assertThat(push(console)).as(console.err()).isZero();
        assertThat(console.out()).contains("Success!");
    }

    @Test
    void whereNobodyListensItIsSaidHowToStartOne() {
        TestConsole console = console(Map.of());
        assertThat(console.run("push", "--endpoint", "http://127.0.0.9:" + FreePort.next(), "no such image"))
                .isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(console.err())
                .contains("refused the connection")
                .contains("\nhint: see whether a server runs there (limpid server");
    }

    @Test
    void aTokenThatIsGivenIsShownWithEveryRequest() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "from-file\n");
        TestConsole console = console(Map.of("LIMPID_TOKEN", "from-variable"));
        assertThat(push(console)).as(console.err()).isZero();
        assertThat(push(console, "--token-file", file.toString())).isZero();
        assertThat(server.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly(
                        "Bearer from-variable", "Bearer from-variable", "Bearer from-file", "Bearer from-file");
    }

    /** As a server has it that was started without a configuration: only a request that changes something needs it. */
    @Test
    void theTokenOfAServerOnThisMachineIsFoundWhenItAsks() throws IOException {
        Path data = Files.createDirectories(folder.resolve("limpid"));
        Files.writeString(data.resolve("write-token"), "kept\n");
        server.on("/v1/layers", request -> "Bearer kept".equals(request.header("Authorization")) ? CREATED : NO_GRANT);
        TestConsole console = console(Map.of("XDG_DATA_HOME", folder.toString()));
        int code = asOrdinaryUser(() -> push(console));
        assertThat(code).as(console.err()).isZero();
        assertThat(server.requests())
                .extracting(request -> String.valueOf(request.header("Authorization")))
                .containsExactly("null", "Bearer kept", "Bearer kept");
        Files.writeString(data.resolve("write-token"), "old");
        assertThat(asOrdinaryUser(() -> push(console))).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(console.err()).contains("does not take the token of " + data.resolve("write-token"));
    }

    /** Root's place is one for the whole machine, which a test leaves alone. */
    private static int asOrdinaryUser(IntSupplier command) {
        String user = System.setProperty("user.name", "somebody");
        try {
            return command.getAsInt();
        } finally {
            System.setProperty("user.name", user);
        }
    }

    @Test
    void nobodyElseSeesTheToken() throws IOException {
        try (FaultServer other = FaultServer.start()) {
            other.on("/v1/layers", CREATED).on("/v1/layers/" + NAME, Answer.ok(answer("\"Features\":[]")));
            server.on("/v1/layers", Answer.redirect(307, other.url("/v1/layers").toString()));
            TestConsole console = console(Map.of("LIMPID_TOKEN", "secret"));
            assertThat(push(console)).isEqualTo(ExitCode.TOOL_ERROR);
            server.on("/v1/layers", CREATED);
            server.on(
                    "/v1/layers/" + NAME,
                    Answer.redirect(302, other.url("/v1/layers/" + NAME).toString()));
            assertThat(push(console)).isEqualTo(ExitCode.TOOL_ERROR);
            assertThat(other.connections()).isZero();
            assertThat(console.err()).contains("--endpoint " + other.url("")).doesNotContain("secret");
        }
    }

    @Test
    void aLoginInTheUrlIsShownInsteadOfAToken() {
        TestConsole console = console(Map.of("LIMPID_TOKEN", "secret"));
        String url = server.url("").toString().replace("//", "//me:word@");
        assertThat(console.run("push", "--endpoint", url, archive))
                .as(console.err())
                .isZero();
        assertThat(server.requests())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).startsWith("Basic "));
        assertThat(console.run("push", "--endpoint", url, "--token-file", "x", archive))
                .isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
        "",          it is empty
        "a b",       one word
        "ä",         one word
        """)
    void aFileWithoutAToken(String text, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), text);
        TestConsole console = console(Map.of());
        assertThat(push(console, "--token-file", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("--token-file " + file + " has no token", reason);
        assertThat(server.requests()).isEmpty();
        Files.delete(file);
        TestConsole missing = console(Map.of());
        assertThat(push(missing, "--token-file", file.toString())).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(missing.err()).contains("there is no such file");
    }
}
