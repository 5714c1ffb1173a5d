package io.limpid.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.api.Answer;
import io.limpid.server.api.RawHttp;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.store.OnEachPostgres;
import io.limpid.testing.Shared;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the recordings do not have: fixes that work, answers that would look safe, a database that is gone. */
@OnEachPostgres
class ApiV1Test {
    private static final String VULNERABILITY = "/v1/namespaces/zz:1/vulnerabilities/CVE-1";

    @Test
    void fixesArePutAndDeleted() throws Exception {
        try (TestApi api = TestApi.start()) {
            String posted = "{\"Vulnerability\":{\"Name\":\"CVE-1\",\"NamespaceName\":\"zz:1\",\"Severity\":\"Low\","
                    + "\"FixedIn\":[{\"Name\":\"a b\",\"VersionFormat\":\"dpkg\",\"Version\":\"0.5\"}]}}";
            send(api, "POST", "/v1/namespaces/zz:1/vulnerabilities", posted, 201);
            String fix = "{\"Feature\":{\"Name\":\"a b\",\"VersionFormat\":\"dpkg\",\"Version\":\"1.0\"}}";
            assertThat(send(api, "PUT", VULNERABILITY + "/fixes/a%20b", fix, 200))
                    .isEqualTo(fix + "\n");
            assertThat(send(api, "GET", VULNERABILITY + "/fixes", null, 200))
                    .isEqualTo("{\"Features\":[{\"Name\":\"a b\",\"NamespaceName\":\"zz:1\",\"VersionFormat\":\"dpkg\","
                            + "\"Version\":\"1.0\"}]}\n");
            send(api, "PUT", VULNERABILITY + "/fixes/a%20b", fix.replace("1.0", "2.0"), 200);
            assertThat(send(api, "GET", VULNERABILITY + "?fixedIn", null, 200)).contains("\"Version\":\"2.0\"");
            assertThat(send(api, "DELETE", VULNERABILITY + "/fixes/a%20b", null, 200))
                    .isEmpty();
            assertThat(send(api, "GET", VULNERABILITY + "/fixes", null, 200)).isEqualTo("{\"Features\":null}\n");
            send(api, "PUT", VULNERABILITY.replace("CVE-1", "CVE-2") + "/fixes/a%20b", fix, 404);
            send(api, "DELETE", VULNERABILITY.replace("CVE-1", "CVE-2") + "/fixes/a%20b", null, 404);
        }
    }

    @Test
    void tellsNoVulnerabilitiesBeforeTheyAreKnown() throws Exception {
        Path inputs = Shared.require("clair/recordings/inputs").toRealPath();
        AtomicBoolean isReady = new AtomicBoolean();
        Readiness readiness = namespace -> isReady.get() || !namespace.equals("debian:8")
                ? Optional.empty()
                : Optional.of("the updater debian has never finished: wait for /readyz");
        try (TestApi api = TestApi.start(readiness, inputs)) {
            String layer = "{\"Layer\":{\"Name\":\"l\",\"Path\":\"" + inputs.resolve("dev/deb-base.tar.gz")
                    + "\",\"Format\":\"Docker\"}}";
            send(api, "POST", "/v1/layers", layer, 201);
            assertThat(send(api, "GET", "/v1/layers/l?features", null, 200)).contains("debian:8");
            assertThat(send(api, "GET", "/v1/layers/l?vulnerabilities", null, 503))
                    .isEqualTo(
                            "{\"Error\":{\"Message\":\"the updater debian has never finished: wait for /readyz\"}}\n");
            isReady.set(true);
            assertThat(send(api, "GET", "/v1/layers/l?vulnerabilities", null, 200))
                    .contains("Features");
        }
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE,503,5", "BUSY,429,5", "BACKEND,500,", "NOT_FOUND,404,"})
    void whatMayWorkLaterSaysWhen(ClairError error, int status, @Nullable String seconds) {
        Answer answer = Envelopes.error(new ClairException(error));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().get("Retry-After")).isEqualTo(seconds);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"Error\":{\"Message\":\"" + error.message() + "\"}}\n");
    }

    @Test
    void healthIsTheDatabases() throws Exception {
        try (TestApi api = TestApi.start()) {
            assertThat(RawHttp.exchange(api.healthPort(), "GET", "/health").status())
                    .isEqualTo(200);
            api.database().close();
            assertThat(RawHttp.exchange(api.healthPort(), "GET", "/health").status())
                    .isEqualTo(500);
            RawHttp.Reply reply = RawHttp.exchange(api.port(), "GET", "/v1/namespaces");
            assertThat(reply.status()).isGreaterThanOrEqualTo(500);
            assertThat(reply.body()).startsWith("{\"Error\":{\"Message\":\"database: ");
        }
    }

    private static String send(TestApi api, String method, String target, @Nullable String body, int status)
            throws Exception {
        RawHttp.Reply reply = RawHttp.exchange(
                api.port(), method, target, Map.of(), body == null ? null : body.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        return reply.body();
    }
}
