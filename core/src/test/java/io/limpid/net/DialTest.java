package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.LimpidException;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ForwardProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is dialled is what was asked about: the proof of a refusal is that nobody came. */
class DialTest {
    /** Of the loopback addresses only 127.0.0.1: where one needs no other machine to see what is dialled. */
    private static final AddressPolicy FIRST_ONLY =
            address -> address.getHostAddress().equals("127.0.0.1") ? null : "another address";

    private final FaultServer server;

    DialTest() throws IOException {
        server = FaultServer.start();
        server.on("/a", Answer.ok("x"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static InetAddress[] addresses(String... texts) {
        return Arrays.stream(texts).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private static int status(NetSettings settings, Resolver resolver, String url) throws Exception {
        try (OutboundClient client = new OutboundClient(settings, resolver);
                WebResponse response = client.exchange(WebRequest.get(URI.create(url), 100))) {
            return response.status();
        }
    }

    private static String failure(NetSettings settings, Resolver resolver, String url) {
        return String.valueOf(catchThrowableOfType(LimpidException.class, () -> status(settings, resolver, url))
                .reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "localhost.",
                "LOCALHOST",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "2130706433",
                "127.1",
                "0.0.0.0"
            })
    void thePublicPolicyDialsNoLoopbackHoweverItIsWritten(String host) {
        NetSettings strict = Settings.PLAIN.withAddresses(AddressPolicy.PUBLIC_ONLY);
        String reason = failure(strict, Resolver.SYSTEM, "http://" + host + ":" + server.port() + "/a");
        assertThat(reason).containsAnyOf("which is not asked", "no such host");
        assertThat(server.connections()).isZero();
    }

    @Test
    void aNameIsRefusedForOneOfItsAddresses() {
        Resolver half = _ -> addresses("127.0.0.1", "169.254.169.254");
        assertThat(failure(Settings.PLAIN, half, "http://half.example:" + server.port() + "/a"))
                .isEqualTo("half.example is at 169.254.169.254, a link-local address, which is not asked");
        assertThat(server.connections()).isZero();
    }

    @Test
    void aNameThatChangesBetweenTheQuestionAndTheCallIsDialledAsItWasAsked() throws Exception {
        try (FaultServer inside = FaultServer.start("127.0.0.2")) {
            AtomicInteger asked = new AtomicInteger();
            Resolver rebinding = _ -> addresses(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");
            NetSettings settings = Settings.PLAIN.withAddresses(FIRST_ONLY);
            String url = "http://rebinding.example:" + server.port() + "/a";
            assertThat(status(settings, rebinding, url)).isEqualTo(200);
            assertThat(asked).as("asked once for one connection").hasValue(1);
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void aRedirectIsAskedAboutLikeTheBeginning() throws Exception {
        try (FaultServer inside = FaultServer.start("127.0.0.2")) {
            NetSettings settings = Settings.PLAIN.withAddresses(FIRST_ONLY);
            Resolver names = name -> addresses(name.equals("inside.example") ? "127.0.0.2" : name);
            for (String host : new String[] {"127.0.0.2", "inside.example"}) {
                String url = "http://" + host + ":" + inside.port() + "/secret";
                server.on("/to", Answer.redirect(302, url));
                String told = failure(settings, names, server.url("/to").toString());
                assertThat(told).startsWith("redirected to " + url).endsWith("another address, which is not asked");
            }
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void theNextAddressIsTriedWhenOneDoesNotAnswer() throws Exception {
        Resolver several = _ -> addresses("127.0.0.3", "127.0.0.4", "127.0.0.1");
        assertThat(status(Settings.PLAIN, several, "http://many.example:" + server.port() + "/a"))
                .isEqualTo(200);
        assertThat(server.requests().getFirst().header("Host")).isEqualTo("many.example:" + server.port());
    }

    @Test
    void theFailureOfTheLastAddressIsTold() {
        Resolver several = _ -> addresses("127.0.0.3", "127.0.0.4");
        assertThat(failure(Settings.PLAIN, several, "http://many.example:" + server.port() + "/a"))
                .isEqualTo("many.example:" + server.port() + " refused the connection");
    }

    @Test
    void noSuchHost() {
        Resolver none = name -> {
            throw new UnknownHostException(name + ": Name or service not known");
        };
        assertThat(failure(Settings.PLAIN, none, "http://nobody.example/a")).isEqualTo("no such host: nobody.example");
        assertThat(failure(Settings.PLAIN, _ -> addresses(), "http://nobody.example/a"))
                .isEqualTo("no such host: nobody.example");
    }

    @Test
    void aNameThatCouldNotBeLookedUpMayBeLater() {
        Resolver deaf = name -> {
            throw new UnknownHostException(name + ": Temporary failure in name resolution");
        };
        assertThat(failure(Settings.PLAIN, deaf, "http://a.example/a"))
                .isEqualTo("the name could not be looked up: a.example");
    }

    @Test
    void aNameWithAnUnderscoreIsAHost() throws Exception {
        Resolver here = _ -> addresses("127.0.0.1");
        assertThat(status(Settings.PLAIN, here, "http://my_registry:" + server.port() + "/a"))
                .isEqualTo(200);
        assertThat(server.requests().getFirst().header("Host")).isEqualTo("my_registry:" + server.port());
    }

    @Test
    void aNameWithUmlautsIsLookedUpAsDnsKnowsIt() throws Exception {
        Resolver here = name -> {
            assertThat(name).isEqualTo("xn--bcher-kva.example");
            return addresses("127.0.0.1");
        };
        assertThat(status(Settings.PLAIN, here, "http://B\u00fccher.example:" + server.port() + "/a"))
                .isEqualTo(200);
    }

    @Test
    void aProxyOfTheOperatorsMayBeInsideButNotWhatItIsAskedFor() throws Exception {
        try (ForwardProxy proxy = ForwardProxy.start()) {
            NetSettings strict = Settings.PLAIN
                    .withAddresses(AddressPolicy.PUBLIC_ONLY)
                    .withProxies(ProxyRules.of(proxy.address(), "the proxy setting"));
            assertThat(status(strict, Resolver.SYSTEM, "http://public.example:" + server.port() + "/a"))
                    .isEqualTo(200);
            assertThat(failure(strict, Resolver.SYSTEM, "http://10.1.2.3:" + server.port() + "/a"))
                    .isEqualTo("10.1.2.3 is a private address, which is not asked");
            assertThat(failure(strict, Resolver.SYSTEM, "http://0xa9fea9fe/a"))
                    .isEqualTo("0xa9fea9fe is at 169.254.169.254, a link-local address, which is not asked");
            assertThat(proxy.heads()).hasSize(1);
        }
    }

    @Test
    void aProxyAtALinkLocalAddressIsRefusedAllTheSame() {
        NetSettings settings = Settings.PLAIN
                .withDeadlines(Settings.connect(Duration.ofSeconds(1)).deadlines())
                .withProxies(ProxyRules.of("http://169.254.1.1:3128", "HTTP_PROXY"));
        assertThat(failure(settings, Resolver.SYSTEM, "http://public.example/a"))
                .isEqualTo("169.254.1.1 is a link-local address, which is not asked");
    }
}
