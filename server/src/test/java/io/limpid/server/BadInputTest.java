package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.api.RawHttp;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.TarMaker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients should not send, sent to a running server: each is answered, and the server goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String NOT_FOUND = "could not find layer";
    private static final String BROKEN = "tarutil: could not extract the archive";
    private static final byte[] LAYER = new TarMaker()
            .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
            .file("var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nVersion: 1\n\n")
            .bytes();
    private static final String LIST = "/v1/namespaces/debian:12/vulnerabilities";

    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private TestDatabases.Fresh fresh;

    @SuppressWarnings("NullAway.Init")
    private TestDatabases.Fresh freshStrict;

    @SuppressWarnings("NullAway.Init")
    private Served server;

    @SuppressWarnings("NullAway.Init")
    private Served strict;

    @SuppressWarnings("NullAway.Init")
    private FaultServer files;

    private Path root = Path.of("");
    private int count;

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        folder = given;
        root = Files.createDirectories(folder.resolve("roots/layers")).toRealPath();
        fresh = TestDatabases.fresh();
        freshStrict = TestDatabases.fresh();
        server = new Served(fresh.database(), "worker:\n  local_layer_roots: [\"" + root + "\"]\n");
        strict = new Served(
                freshStrict.database(), "worker:\n  fetch_policy: strict\n  local_layer_roots: [\"" + root + "\"]\n");
        files = FaultServer.start();
        assertThat(server.ask("POST", LIST, vulnerability("CVE-1", "debian:12", "a", "dpkg", "2"))
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        strict.close();
        files.close();
        fresh.close();
        freshStrict.close();
    }

    private static String vulnerability(String name, String namespace, String feature, String format, String version) {
        return "{\"Vulnerability\":{\"Name\":\"" + name + "\",\"NamespaceName\":\"" + namespace
                + "\",\"Severity\":\"High\",\"FixedIn\":[{\"Name\":\"" + feature + "\",\"NamespaceName\":\"" + namespace
                + "\",\"VersionFormat\":\"" + format + "\",\"Version\":\"" + version + "\"}]}}";
    }

    /** A layer is refused with one of the original's errors, nothing of it is stored, and the next one is taken. */
    private void isRefused(Served by, String path, int status, String message) throws IOException {
        String name = "refused-" + count++;
        RawHttp.Reply reply = by.post(name, path);
        assertThat(reply.status()).as("%s: %s", path, reply.body()).isEqualTo(status);
        assertThat(reply.body()).as(path).contains("\"Message\":\"" + message + "\"");
        assertThat(by.get("/v1/layers/" + name).status()).as(path).isEqualTo(404);
    }

    @Test
    void localPathsThatAreNoLayerFiles() throws Exception {
        Files.write(folder.resolve("outside.tar"), LAYER);
        Files.write(root.resolve("layer.tar"), LAYER);
        Files.createDirectory(root.resolve("folder"));
        Files.createFile(root.resolve("empty"));
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("outside.tar"));
        Files.createSymbolicLink(root.resolve("up"), folder);
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        Files.createSymbolicLink(root.resolve("zero"), Path.of("/dev/zero"));
        assertThat(new ProcessBuilder("mkfifo", root.resolve("fifo").toString())
                        .start()
                        .waitFor())
                .isZero();
        Map<String, Integer> paths = new LinkedHashMap<>();
        for (String path : new String[] {
            "/dev/zero",
            "/dev/tty",
            "/dev/stdin",
            "/dev/fd/0",
            "/proc/self/mem",
            "/etc/passwd",
            folder.resolve("outside.tar").toString(),
            root + "/../../outside.tar",
            root + "/out",
            root + "/up/outside.tar",
            root + "/loop",
            root + "/zero",
            root + "/fifo",
            root + "/absent",
            root + "/layer.tar/below",
            "file://" + root + "/layer.tar",
            "relative",
            "\\u0000",
            root + "/" + "x".repeat(5000)
        }) {
            paths.put(path, 400);
        }
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path at = Files.createTempDirectory(Path.of("/tmp"), "limpid").resolve("s");
            socket.bind(UnixDomainSocketAddress.of(at));
            Files.createLink(root.resolve("socket"), at);
            paths.put(root + "/socket", 400);
            for (Map.Entry<String, Integer> each : paths.entrySet()) {
                isRefused(server, each.getKey(), each.getValue(), NOT_FOUND);
            }
            Files.delete(at);
            Files.delete(at.resolveSibling(""));
        }
        isRefused(server, root + "/folder", 422, BROKEN);
        assertThat(server.post("local", root + "/layer.tar").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "clair,http://169.254.169.254/latest/meta-data",
        "clair,http://[::ffff:169.254.169.254]/x",
        "clair,http://[::ffff:a9fe:a9fe]/x",
        "clair,http://[64:ff9b::169.254.169.254]/x",
        "clair,http://0xa9fea9fe/x",
        "clair,http://2852039166/x",
        "clair,http://0251.0376.0251.0376/x",
        "clair,http://169.254.169.254.:80/x",
        "clair,http://[fe80::1]/x",
        "clair,http://[fd00:ec2::254]/x",
        "clair,http://100.100.100.200/x",
        "clair,http://user:secret@169.254.169.254/x",
        "clair,https://169.254.169.254/x",
        "clair,HTTP://169.254.169.254/x",
        "clair,ftp://127.0.0.1/x",
        "clair,http://127.0.0.1:1/x",
        "clair,http://127.0.0.1:99999/x",
        "clair,http:///x",
        "clair,http://[::bad/x",
        "clair,http://nobody.invalid/x",
        "strict,http://127.0.0.1/x",
        "strict,http://localhost/x",
        "strict,http://[::1]/x",
        "strict,http://[::ffff:127.0.0.1]/x",
        "strict,http://0.0.0.0/x",
        "strict,http://10.0.0.1/x",
        "strict,http://192.168.0.1/x",
        "strict,http://2130706433/x",
        "strict,http://127.1/x",
    })
    void addressesThatAreNotAsked(String policy, String url) throws IOException {
        isRefused(policy.equals("strict") ? strict : server, url, 400, NOT_FOUND);
    }

    /** In strict mode the name decides nothing: what it stands for does. */
    @Test
    void aNameOfAPrivateAddressIsRefusedWhenStrict() throws IOException {
        files.on("/l", Answer.ok(LAYER));
        String url = "http://localhost:" + files.port() + "/l";
        isRefused(strict, url, 400, NOT_FOUND);
        assertThat(files.requests().stream().filter(each -> each.path().equals("/l")))
                .isEmpty();
        assertThat(server.post("by-name", url).status()).isEqualTo(201);
    }

    @Test
    void redirectsAndBodiesThatLie() throws Exception {
        byte[] gzip = gzip(LAYER);
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("/metadata 400 " + NOT_FOUND, Answer.redirect(302, "http://169.254.169.254/latest/meta-data"));
        answers.put("/mapped 400 " + NOT_FOUND, Answer.redirect(307, "http://[::ffff:169.254.169.254]/"));
        answers.put("/file 400 " + NOT_FOUND, Answer.redirect(302, "file:///etc/passwd"));
        answers.put("/local 400 " + NOT_FOUND, Answer.redirect(302, "file://" + root + "/layer.tar"));
        answers.put("/loop 400 " + NOT_FOUND, Answer.redirect(301, "/loop"));
        answers.put("/nowhere 400 " + NOT_FOUND, Answer.status(302));
        answers.put("/bad 400 " + NOT_FOUND, Answer.redirect(302, "http://[bad"));
        answers.put(
                "/lies 400 " + NOT_FOUND,
                Answer.status(206)
                        .header("Content-Range", "bytes 0-" + (LAYER.length - 1) + "/" + (LAYER.length + 1))
                        .body(LAYER));
        answers.put("/missing 400 " + NOT_FOUND, Answer.status(404));
        answers.put("/header 400 " + NOT_FOUND, Answer.ok(LAYER).header("X", "x".repeat(2 << 20)));
        answers.put(
                "/headers 400 " + NOT_FOUND,
                Answer.raw("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(400_000) + "Content-Length: 0\r\n\r\n"));
        answers.put("/no-http 400 " + NOT_FOUND, Answer.raw("SSH-2.0-OpenSSH_9.2\r\n"));
        answers.put("/text 422 " + BROKEN, Answer.ok("<html>sign in</html>".repeat(100)));
        answers.put("/cut-gzip 422 " + BROKEN, Answer.ok(java.util.Arrays.copyOf(gzip, gzip.length / 2)));
        answers.put(
                "/chunks 422 " + BROKEN,
                Answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\nzz\r\n"));
        answers.put(
                "/truncated 422 " + BROKEN,
                Answer.ok(LAYER).framed(Answer.Framing.CHUNKED).cut(700, Answer.Ending.CLOSE));
        for (Map.Entry<String, Answer> each : answers.entrySet()) {
            String[] words = each.getKey().split(" ", 3);
            files.on(words[0], each.getValue());
            isRefused(server, files.url(words[0]).toString(), Integer.parseInt(words[1]), words[2]);
        }
        // As the original, which takes a layer without anything in it for one that changes nothing.
        files.on("/nothing", Answer.ok(new byte[0]));
        assertThat(server.post("nothing", files.url("/nothing").toString()).status())
                .isEqualTo(201);
    }

    @Test
    void layersThatAreMadeToFillMemory() throws Exception {
        byte[] zeros = new byte[150 << 20];
        files.on(
                "/bomb",
                Answer.ok(gzip(new TarMaker()
                        .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
                        .file("var/lib/dpkg/status", new byte[201 << 20])
                        .bytes())));
        isRefused(
                server,
                files.url("/bomb").toString(),
                422,
                "tarutil: could not extract one or more files from the archive: file too big");
        files.on("/twice", Answer.ok(gzip(gzip(zeros))));
        isRefused(server, files.url("/twice").toString(), 422, BROKEN);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void namesAndTextsThatCannotBeStored() throws IOException {
        String million = "x".repeat(900_000);
        // The original's words, recorded.
        String unfit = "database: an error occured when querying the backend";
        record Case(String method, String target, String body, int status, String says) {}
        for (Case each : new Case[] {
            new Case("POST", LIST, vulnerability("CVE-2", "debian:12", million, "dpkg", "1"), 500, unfit),
            new Case("POST", LIST, vulnerability(million, "debian:12", "b", "dpkg", "1"), 500, unfit),
            new Case("POST", LIST, vulnerability("CVE-2", million.substring(500_000), "b", "dpkg", "1"), 500, unfit),
            new Case("POST", LIST, vulnerability("CVE-2", "debian:12", "a\\u0000b", "dpkg", "1"), 500, unfit),
            new Case("POST", LIST, vulnerability("CVE\\u0000", "debian:12", "b", "dpkg", "1"), 500, unfit),
            new Case("POST", LIST, vulnerability("CVE-2", "debian:12", "b", "sem", "1"), 400, "version format"),
            new Case("POST", LIST, vulnerability("CVE-2", "debian:12", "b", "dpkg", "\\u0000"), 400, "version"),
            new Case("POST", "/v1/layers", Served.layer("a\\u0000b", "http://127.0.0.1:1/"), 500, unfit),
            new Case(
                    "POST", "/v1/layers", Served.layer(million, files.url("/ok").toString()), 500, unfit),
            new Case("GET", "/v1/layers/a%00b", "", 500, unfit),
            new Case("GET", "/v1/namespaces/a%00b/vulnerabilities?limit=1", "", 500, unfit),
            new Case("GET", LIST + "/%00", "", 500, unfit),
            new Case("GET", LIST + "/%FF%FE", "", 500, unfit),
            new Case("GET", "/v1/layers/%ED%A0%80", "", 500, unfit),
            new Case("DELETE", "/v1/layers/%00", "", 500, unfit),
            new Case("GET", LIST + "?limit=1&page=forged", "", 400, "invalid page format"),
            new Case("GET", LIST + "?limit=1&page=" + "A".repeat(60_000), "", 400, "invalid page format"),
            new Case("GET", LIST + "?limit=1&page=%00", "", 400, "invalid page format"),
            new Case("GET", "/v1/notifications/n?limit=1&page=gAAAAAB", "", 400, "invalid page format"),
            new Case("POST", LIST, "{\"Vulnerability\":".repeat(100_000), 400, "Message"),
            new Case("POST", LIST, "[".repeat(1 << 20), 400, "Message"),
            new Case("POST", "/v1/layers", "", 400, "EOF"),
        }) {
            files.on("/ok", Answer.ok(LAYER));
            RawHttp.Reply reply = server.ask(each.method(), each.target(), each.body());
            String what = each.method() + " "
                    + each.target().substring(0, Math.min(60, each.target().length())) + " "
                    + each.body().substring(0, Math.min(120, each.body().length())) + ": " + reply.body();
            assertThat(reply.status()).as(what).isEqualTo(each.status());
            assertThat(reply.body()).as(what).contains(each.says());
        }
        assertThat(server.get(LIST + "/CVE-2").status())
                .as("nothing half-written")
                .isEqualTo(404);
        assertThat(server.get("/v1/namespaces").body().length()).isLessThan(1000);
    }

    /** Half of a pair stands for no character: the original's decoder has another in its place. */
    @Test
    void textsThatAreNoUnicode() throws IOException {
        byte[] raw =
                vulnerability("CVE-ÿ", "debian:12", "b\\ud800", "dpkg", "1").getBytes(StandardCharsets.ISO_8859_1);
        RawHttp.Reply reply = RawHttp.exchange(server.port(), "POST", LIST, Map.of(), raw);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        RawHttp.Reply stored = server.get(LIST + "/CVE-%EF%BF%BD?fixedIn");
        assertThat(stored.status()).isEqualTo(200);
        assertThat(stored.body()).contains("\"Name\":\"b\uFFFD\"");
    }

    @Test
    void aPageHoldsNoMoreThanFitsIntoMemory() throws IOException {
        String text = "x".repeat(900_000);
        int count = 20;
        for (int i = 0; i < count; i++) {
            String body = "{\"Vulnerability\":{\"Name\":\"L-" + i
                    + "\",\"NamespaceName\":\"large:1\",\"Severity\":\"Low\"," + "\"Description\":\"" + text + "\"}}";
            assertThat(server.ask("POST", LIST, body).status()).isEqualTo(201);
        }
        String list = "/v1/namespaces/large:1/vulnerabilities?limit=" + Integer.MAX_VALUE;
        int found = 0;
        int pages = 0;
        String next = "";
        do {
            String page = server.get(list + next).body();
            assertThat(page.length()).isLessThan(12 << 20);
            found += page.split("\"Name\":\"L-", -1).length - 1;
            pages++;
            int at = page.indexOf("\"NextPage\":\"");
            next = at < 0 ? "" : "&page=" + page.substring(at + 12, page.indexOf('"', at + 12));
        } while (!next.isEmpty() && pages < 100);
        assertThat(found).isEqualTo(count);
        assertThat(pages).isGreaterThan(1);
    }

    @Test
    void aFixInANamespaceWithoutAVersionFormat() throws IOException {
        String bare = "{\"Vulnerability\":{\"Name\":\"N-1\",\"NamespaceName\":\"bare:1\",\"Severity\":\"Low\"}}";
        assertThat(server.ask("POST", LIST, bare).status()).isEqualTo(201);
        String fix = "/v1/namespaces/bare:1/vulnerabilities/N-1/fixes/f";
        String without = "{\"Feature\":{\"Name\":\"f\",\"NamespaceName\":\"bare:1\",\"Version\":\"1\"}}";
        String unknown =
                "{\"Feature\":{\"Name\":\"f\",\"NamespaceName\":\"bare:1\",\"VersionFormat\":\"x\",\"Version\":\"1\"}}";
        String known = unknown.replace("\"x\"", "\"dpkg\"");
        assertThat(server.ask("PUT", fix, without).status()).isEqualTo(400);
        assertThat(server.ask("PUT", fix, unknown).status()).isEqualTo(400);
        assertThat(server.get("/v1/namespaces/bare:1/vulnerabilities/N-1/fixes").body())
                .doesNotContain("\"f\"");
        assertThat(server.ask("PUT", fix, known).status()).isEqualTo(200);
        assertThat(server.get("/v1/namespaces/bare:1/vulnerabilities/N-1/fixes").body())
                .contains("\"Name\":\"f\"");
    }
}
