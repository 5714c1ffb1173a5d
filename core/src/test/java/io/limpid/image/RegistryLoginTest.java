package io.limpid.image;

import static io.limpid.testing.FakeRegistry.blob;
import static io.limpid.testing.FakeRegistry.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.image.registry.Credentials;
import io.limpid.model.LimpidException;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is shown which credentials, and who is not: over real sockets. */
class RegistryLoginTest extends RegistryCase {
    @Test
    void aTokenIsFetchedForPullingOnly() throws IOException {
        credentials = new Credentials.Login("user", "secret", "a file");
        server().on("/token", request -> {
            assertThat(request.header("Authorization")).isEqualTo(BASIC);
            return Answer.ok("{\"token\":\"t1\"}");
        });
        protect(
                "Bearer t1",
                "Bearer realm=\"" + server().url("/token?x=y") + "\",service=\"a b\",scope=\"everything\"");
        reads();
        assertThat(lookedUp).containsExactly("127.0.0.1:" + server().port() + " team/app");
        assertThat(server().requests().stream()
                        .filter(one -> one.path().equals("/token"))
                        .toList())
                .singleElement()
                .satisfies(one -> assertThat(one.target())
                        .isEqualTo("/token?x=y&service=a+b&scope=repository%3Ateam%2Fapp%3Apull"));
    }

    /** Everything is answered 401 with this challenge to who does not show what is wanted. */
    private void protect(String wanted, String challenge) {
        String config = "";
        for (byte[] bytes : layout.values()) {
            String digest = Sha256.of(bytes).toString();
            protect(blob(digest), wanted, challenge, bytes);
            config = digest;
        }
        assertThat(config).isNotEmpty();
        protect(manifest("1"), wanted, challenge, manifest);
    }

    private void protect(String path, String wanted, String challenge, byte[] bytes) {
        server().on(
                        path,
                        request -> wanted.equals(request.header("Authorization"))
                                ? Answer.ok(bytes)
                                : Answer.status(401).header("WWW-Authenticate", challenge));
    }

    @Test
    void userAndPasswordWhereThatIsWanted() throws IOException {
        credentials = new Credentials.Login("user", "secret", "a file");
        protect(BASIC, "Basic realm=\"x\"");
        reads();
    }

    @Test
    void anIdentityTokenIsExchanged() throws IOException {
        credentials = new Credentials.IdentityToken("secret+1", "a file");
        server().on("/token", request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.body()).contains("grant_type=refresh_token", "refresh_token=secret%2B1&", "pull");
            return Answer.ok("{\"access_token\":\"t1\"}");
        });
        protect("Bearer t1", "Bearer realm=\"" + server().url("/token") + "\"");
        reads();
    }

    @Test
    void aTokenThatExpiresMeanwhileIsRenewed() throws IOException {
        server().on("/token", Answer.ok("{\"token\":\"t1\"}"), Answer.ok("{\"token\":\"t2\"}"));
        String challenge = "Bearer realm=\"" + server().url("/token") + "\"";
        protect("Bearer t1", challenge);
        protect(layerPath(), "Bearer t2", challenge, layer);
        reads();
    }

    @Test
    void aTokenThatIsNotTakenIsNoEndlessLoop() {
        server().on("/token", Answer.ok("{\"token\":\"t1\"}"));
        protect("Bearer other", "Bearer realm=\"" + server().url("/token") + "\"");
        assertThat(fails().getMessage()).contains("401 Unauthorized");
        assertThat(asked("/token")).isEqualTo(1);
    }

    /** Columns: the challenge, HERE for the server's URL, PORT for its port; what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Basic realm=\"x\"|401 Unauthorized",
                "Digest realm=\"x\"|there is no login for it",
                "Bearer realm=\"HERE/denied\"|401 Unauthorized when",
                "Bearer realm=\"HERE/none\"|answered 200 without a token",
                "Bearer realm=\"HERE/odd\"|none that can be sent",
                "Bearer realm=\"HERE/away\"|302 Found",
                "Bearer realm=\"HERE/gone\"|404 Not Found",
                "Bearer realm=\"HERE/busy\"|503 Service Unavailable (tried 3 times)",
                "Bearer realm=\"http://localhost:PORT/denied\"|plain HTTP: localhost:PORT",
                "Bearer realm=\"http://user@127.0.0.1:PORT/denied\"|no token server that can be asked",
                "Bearer realm=\"file:///etc/passwd\"|no token server that can be asked",
                "Bearer realm=\"\"|no token server that can be asked",
                "Bearer|no token server that can be asked",
            })
    void wrongLoginsAndOddTokenServers(String challenge, String said) {
        credentials = new Credentials.Login("user", "secret", "a file");
        server().on("/denied", Answer.status(401));
        server().on("/none", Answer.ok("<html>"));
        server().on("/odd", Answer.ok("{\"token\":\"a\\nb\"}"));
        server().on("/away", Answer.redirect(302, "http://localhost:" + server().port() + "/thief"));
        server().on("/gone", Answer.status(404));
        server().on("/busy", Answer.status(503));
        String port = Integer.toString(server().port());
        protect(
                "nothing",
                challenge.replace("HERE", server().url("").toString()).replace("PORT", port));
        assertThat(fails().getMessage()).contains(said.replace("PORT", port));
        assertThat(asked("/thief")).isZero();
    }

    @Test
    void whoIsRedirectedToIsToldNothing() throws IOException {
        credentials = new Credentials.Login("user", "secret", "a file");
        protect(BASIC, "Basic realm=\"x\"");
        try (FaultServer store = FaultServer.start()) {
            store.on("/b", Answer.ok(layer));
            server().on(
                            layerPath(),
                            Answer.redirect(307, store.url("/b?signature=1").toString()));
            reads();
            assertThat(store.requests()).isNotEmpty().allMatch(one -> one.header("Authorization") == null);
            // Not when it asks for it, either.
            store.on("/b", Answer.status(401).header("WWW-Authenticate", "Basic realm=\"x\""));
            LimpidException error = fails();
            assertThat(error.getMessage()).contains("127.0.0.1:" + store.port() + ", where", "401 Unauthorized");
            assertThat(store.requests()).allMatch(one -> one.header("Authorization") == null);
        }
    }
}
