package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.LimpidException;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects: followed by hand, never to where they must not lead, and with nothing that is for another host. */
class RedirectTest {
    private static final int MANY = 1 << 20;

    private final FaultServer server;
    private final FaultServer other;
    private final OutboundClient client;

    RedirectTest() throws IOException {
        server = FaultServer.start();
        other = FaultServer.start();
        client = new OutboundClient(Settings.PLAIN);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        other.close();
    }

    private String fetch(WebRequest request) throws IOException, InterruptedException {
        try (WebResponse response = client.exchange(request)) {
            return response.status() + " "
                    + new String(response.body().readAllBytes(), StandardCharsets.UTF_8)
                    + " "
                    + response.from();
        }
    }

    private String failure(String path) {
        return String.valueOf(catchThrowableOfType(
                        LimpidException.class, () -> fetch(WebRequest.get(server.url(path), MANY)))
                .reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aGetAndAHeadAreFollowed(int status) throws Exception {
        server.on("/a", Answer.redirect(status, "/b").body("here".getBytes(StandardCharsets.UTF_8)));
        server.on("/b", Answer.ok("there"));
        assertThat(fetch(WebRequest.get(server.url("/a"), MANY))).isEqualTo("200 there " + server.url("/b"));
        fetch(new WebRequest("HEAD", server.url("/a"), Headers.NONE, null, 0, true, null));
        assertThat(server.requests())
                .extracting(FaultServer.Request::method)
                .containsExactly("GET", "GET", "HEAD", "HEAD");
        assertThat(server.connections())
                .as("the short body of a redirect keeps the connection")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aPostIsNot(int status) throws Exception {
        server.on("/a", Answer.redirect(status, other.url("/b").toString()));
        for (boolean asked : new boolean[] {true, false}) {
            WebRequest post = new WebRequest("POST", server.url("/a"), Headers.NONE, "secret", MANY, asked, null);
            assertThat(fetch(post)).startsWith(status + " ");
        }
        assertThat(other.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 305, 306, 399})
    void otherStatusesLeadNowhere(int status) throws Exception {
        server.on("/a", Answer.redirect(status, "/b"));
        assertThat(fetch(WebRequest.get(server.url("/a"), MANY))).startsWith(status + " ");
    }

    @Test
    void aCallerCanKeepRedirectsForItself() throws Exception {
        server.on("/a", Answer.redirect(302, "/b"));
        assertThat(fetch(WebRequest.get(server.url("/a"), MANY).withoutRedirects()))
                .startsWith("302 ");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        /x/y?q,          b,             /x/b
        /x/y?q,          ./b?c=1,       /x/b?c=1
        /x/y?q,          ../b,          /b
        /x/y?q,          ?z=2,          /x/y?z=2
        /x/y?q,          /b#part,       /b
        /x/y?q,          //HOST/b,      /b
        /x/y?q,          http://HOST,   /
        /x/y?q,          HTTP://HOST/B, /B
        /x/y?q,          '/a b|c"d',    /a%20b%7Cc%22d
        /x/y?q,          /100%,         /100%25
        /x/y?q,          /%7Ex%zz,      /%7Ex%25zz
        /x/y?q,          /a?u=http://x/y?z, /a?u=http://x/y?z
        """)
    void aLocationIsReadAsBrowsersDo(String from, String location, String target) throws Exception {
        String host = "127.0.0.1:" + server.port();
        server.on("/x/y", Answer.redirect(302, location.replace("HOST", host)));
        if (!location.equals("?z=2")) {
            fetch(WebRequest.get(server.url(from), MANY));
        } else {
            server.on("/x/y", Answer.redirect(302, location), Answer.ok("x"));
            fetch(WebRequest.get(server.url(from), MANY));
        }
        assertThat(server.requests().getLast().target()).isEqualTo(target);
    }

    @Test
    void bytesOfALocationThatAreNotAsciiAreEscapedAsTheyAre() throws Exception {
        // The two bytes of an a umlaut in UTF-8.
        server.on("/a", Answer.redirect(302, "/\u00c3\u00a4"));
        fetch(WebRequest.get(server.url("/a"), MANY));
        assertThat(server.requests().getLast().target()).isEqualTo("/%C3%A4");
    }

    static Stream<Arguments> leadsAstray() {
        return Stream.of(
                Arguments.of("ftp://127.0.0.1/a", "it is redirected to what is no http or https URL"),
                Arguments.of("file:///etc/passwd", "it is redirected to what is no http or https URL"),
                Arguments.of("mailto:a@example.org", "it is redirected to what is no http or https URL"),
                Arguments.of("http:///b", "it is redirected to what is no http or https URL"),
                Arguments.of("http://[::1", "it is redirected to what is no http or https URL"),
                Arguments.of("http://a b/", "it is redirected to what is no http or https URL"),
                Arguments.of("http://127.0.0.1:99999/", "it is redirected to what is no http or https URL"),
                Arguments.of(
                        "http://169.254.169.254/latest/meta-data/?k=v",
                        "redirected to http://169.254.169.254/latest/meta-data/?k=...:"
                                + " 169.254.169.254 is a link-local address, which is not asked"),
                Arguments.of(
                        "http://[::ffff:169.254.169.254]/",
                        "redirected to http://[::ffff:169.254.169.254]/:"
                                + " 169.254.169.254 is a link-local address, which is not asked"),
                Arguments.of(
                        "http://2852039166/",
                        "redirected to http://2852039166/:"
                                + " 2852039166 is at 169.254.169.254, a link-local address, which is not asked"),
                Arguments.of(
                        "http://[fd00:ec2::254]/",
                        "redirected to http://[fd00:ec2::254]/:"
                                + " fd00:ec2:0:0:0:0:0:254 is an address of cloud metadata, which is not asked"));
    }

    @ParameterizedTest
    @MethodSource("leadsAstray")
    void whatLeadsAstrayIsNotFollowed(String location, String reason) {
        server.on("/a", Answer.redirect(302, location));
        assertThat(failure("/a")).isEqualTo(reason);
    }

    @Test
    void aRedirectWithoutAPlaceIsAFailure() {
        server.on("/a", Answer.status(302));
        assertThat(failure("/a")).isEqualTo("the server answered 302 Found and did not say where to");
    }

    @Test
    void tenAreFollowedAndNoMore() throws Exception {
        for (int i = 0; i < 11; i++) {
            server.on("/" + i, Answer.redirect(302, "/" + (i + 1)));
        }
        server.on("/11", Answer.ok("end"));
        assertThat(fetch(WebRequest.get(server.url("/1"), MANY))).startsWith("200 end");
        assertThat(failure("/0")).isEqualTo("more than 10 redirects");
    }

    @Test
    void aCircleIsSeen() {
        server.on("/a", Answer.redirect(302, other.url("/b").toString()));
        other.on("/b", Answer.redirect(302, server.url("/a").toString()));
        assertThat(failure("/a")).isEqualTo("the redirects go in a circle: again to " + server.url("/a"));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aFailureBehindARedirectSaysWhere() {
        server.on("/a", Answer.redirect(302, other.url("/b?signature=abc").toString()));
        other.on("/b", Answer.raw(""));
        assertThat(failure("/a"))
                .isEqualTo("redirected to " + other.url("/b?signature=...") + ": 127.0.0.1:" + other.port()
                        + " closed the connection without an answer");
    }

    private static WebRequest withSecrets(URI url) {
        return WebRequest.get(url, MANY)
                .with("Authorization", "Bearer abc")
                .with("Cookie", "a=b")
                .with("X-Registry-Auth", "abc")
                .with("Accept", "text/plain")
                .with("Range", "bytes=1-");
    }

    @Test
    void credentialsStayWithSchemeHostAndPort() throws Exception {
        server.on("/a", Answer.redirect(302, "/b"));
        server.on("/b", Answer.redirect(302, other.url("/c").toString()));
        other.on("/c", Answer.redirect(302, server.url("/d").toString()));
        server.on("/d", Answer.ok("x"));
        assertThat(fetch(withSecrets(server.url("/a")))).startsWith("200 x");
        List<FaultServer.Request> requests = server.requests();
        for (FaultServer.Request before : requests.subList(0, 2)) {
            assertThat(before.header("Authorization")).isEqualTo("Bearer abc");
            assertThat(before.header("Cookie")).isEqualTo("a=b");
            assertThat(before.header("X-Registry-Auth")).isEqualTo("abc");
        }
        assertThat(other.requests().getFirst().fields())
                .containsExactly(
                        "Host: 127.0.0.1:" + other.port(),
                        "User-Agent: limpid/test",
                        "Accept: text/plain",
                        "Range: bytes=1-");
        assertThat(requests.getLast().fields())
                .as("nor do they come back when the redirects do")
                .containsExactly(
                        "Host: 127.0.0.1:" + server.port(),
                        "User-Agent: limpid/test",
                        "Accept: text/plain",
                        "Range: bytes=1-");
    }

    @Test
    void userInfoStaysWithItsHostToo() throws Exception {
        server.on("/a", Answer.redirect(302, "/b"));
        server.on("/b", Answer.redirect(302, other.url("/c").toString().replace("//", "//you:secret@")));
        URI url = URI.create(server.url("/a").toString().replace("//", "//me:secret@"));
        fetch(WebRequest.get(url, MANY));
        assertThat(server.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Basic bWU6c2VjcmV0", "Basic bWU6c2VjcmV0");
        assertThat(other.requests().getFirst().header("Authorization"))
                .as("neither ours nor what the redirect wants to plant")
                .isNull();
    }

    @Test
    void anotherHostOnTheSamePortIsAnotherHost() throws Exception {
        OutboundClient named =
                new OutboundClient(Settings.PLAIN, _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});
        try (named) {
            server.on("/a", Answer.redirect(302, "http://b.example:" + server.port() + "/b"));
            URI url = URI.create("http://a.example:" + server.port() + "/a");
            named.exchange(withSecrets(url)).close();
        }
        assertThat(server.requests().getFirst().header("Authorization")).isEqualTo("Bearer abc");
        assertThat(server.requests().getLast().header("Host")).isEqualTo("b.example:" + server.port());
        assertThat(server.requests().getLast().header("Authorization")).isNull();
    }
}
