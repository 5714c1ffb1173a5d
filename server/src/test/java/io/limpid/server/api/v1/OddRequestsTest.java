package io.limpid.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.api.RawHttp;
import io.limpid.server.store.NotificationStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no recording has, and what an original server of version 2.0.9 answered them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddRequestsTest {
    private static final String BACKEND = "database: an error occured when querying the backend";
    private static final String UNKNOWN = "the resource cannot be found";

    private @Nullable TestApi api;

    @BeforeAll
    void start() throws Exception {
        TestApi started = TestApi.start();
        api = started;
        String vulnerability =
                "{\"Vulnerability\":{\"Name\":\"CVE-1\",\"NamespaceName\":\"zz:1\",\"Severity\":\"Low\"}}";
        RawHttp.exchange(started.port(), "POST", "/v1/namespaces/zz:1/vulnerabilities", Map.of(), utf8(vulnerability));
    }

    @AfterAll
    void stop() throws Exception {
        if (api != null) {
            api.close();
        }
    }

    /** A message stands for the error in the envelope; what begins with a brace is the whole body. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GET    | /v1/layers/%ff                                   | 500 | BACKEND",
                "DELETE | /v1/layers/%C3%28                                | 500 | BACKEND",
                "GET    | /v1/layers/%00                                   | 500 | BACKEND",
                "GET    | /v1/layers/%C3%A9                                | 404 | UNKNOWN",
                "GET    | /v1/namespaces/%ff/vulnerabilities               | 400 | must provide limit query parameter",
                "GET    | /v1/namespaces/%ff/vulnerabilities?limit=1       | 500 | BACKEND",
                "GET    | /v1/namespaces/zz:1/vulnerabilities/%ff          | 500 | BACKEND",
                "DELETE | /v1/namespaces/%ff/vulnerabilities/CVE-1         | 500 | BACKEND",
                "PUT    | /v1/namespaces/zz:1/vulnerabilities/%ff          | 500 | BACKEND",
                "PUT    | /v1/namespaces/%ff/vulnerabilities/CVE-1         | 500 | BACKEND",
                "GET    | /v1/namespaces/zz:1/vulnerabilities/%ff/fixes    | 500 | BACKEND",
                "GET    | /v1/notifications/%ff?limit=1                    | 500 | BACKEND",
                "DELETE | /v1/notifications/%ff                            | 500 | BACKEND",
                "GET    | /v1/namespaces/zz:1/vulnerabilities?limit=%ff    | 400 | LIMIT\\\"\\\\xff\\\": invalid"
                        + " syntax",
                "GET    | /v1/namespaces/zz:1/vulnerabilities?limit=%ed%a0 | 400 | LIMIT\\\"\\\\xed\\\\xa0\\\":"
                        + " invalid syntax",
                "GET    | /v1/notifications/none?limit=%e9a                | 400 | LIMIT\\\"\\\\xe9a\\\": invalid"
                        + " syntax",
                "GET    | /v1/notifications/none?limit=%C2%AD%c2%a0        | 400 | LIMIT\\\"\\\\u00ad\\\\u00a0\\\":"
                        + " invalid syntax",
                "GET    | /v1/notifications/none?limit=9223372036854775807 | 404 | UNKNOWN",
                "GET    | /v1/namespaces/zz:1/vulnerabilities?limit=9223372036854775806 | 200 | "
                    + "{\"Vulnerabilities\":[{\"Name\":\"CVE-1\",\"NamespaceName\":\"zz:1\",\"Severity\":\"Low\"}]}",
                "GET    | /v1/namespaces/zz:1/vulnerabilities?limit=9223372036854775807 | 500 | BACKEND",
                "GET    | /v1/namespaces/none/vulnerabilities?limit=9223372036854775807 | 404 | UNKNOWN",
            })
    void areAnsweredAsTheOriginalDid(String method, String target, int status, String said) throws Exception {
        byte @Nullable [] body = method.equals("PUT") ? utf8("{\"Vulnerability\":{\"Severity\":\"low\"}}") : null;
        RawHttp.Reply reply =
                RawHttp.exchange(java.util.Objects.requireNonNull(api).port(), method, target, Map.of(), body);
        String message = said.replace("BACKEND", BACKEND)
                .replace("UNKNOWN", UNKNOWN)
                .replace("LIMIT", "invalid limit format: strconv.Atoi: parsing ");
        String expected = message.startsWith("{") ? message : "{\"Error\":{\"Message\":\"" + message + "\"}}";
        assertThat(reply.body()).isEqualTo(expected + "\n");
        assertThat(reply.status()).isEqualTo(status);
    }

    /** The limit is told again, however many layers it would be. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 1, 1L << 31, 100_000, -1})
    void limitsOfNotificationsAreTold(long limit) throws Exception {
        TestApi started = java.util.Objects.requireNonNull(api);
        NotificationStore store = new NotificationStore(started.database().database());
        String name = store.claim("a test", Duration.ZERO, Duration.ZERO)
                .orElseThrow()
                .name();
        RawHttp.Reply reply = RawHttp.exchange(started.port(), "GET", "/v1/notifications/" + name + "?limit=" + limit);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("\"Limit\":" + limit + ",");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
