package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy the environment names for a URL; the rows say what {@code golang.org/x/net/http/httpproxy} does, but for two. */
class ProxyRulesTest {

    private static @Nullable String proxy(Map<String, String> environment, String url) throws NetFailure {
        Proxy proxy = ProxyRules.fromEnvironment(environment).proxyFor(Origin.of(URI.create(url)));
        return proxy == null ? null : proxy.toString();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "no-proxy.csv", quoteCharacter = '\'')
    void exceptions(String noProxy, String url, String expected) throws NetFailure {
        for (String variable : new String[] {"NO_PROXY", "no_proxy"}) {
            Map<String, String> environment = new HashMap<>();
            environment.put("HTTP_PROXY", "http://p.example:3128");
            environment.put("HTTPS_PROXY", "http://p.example:3128");
            environment.put(variable, noProxy);
            assertThat(proxy(environment, url)).isEqualTo(expected.equals("proxy") ? "http://p.example:3128" : null);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        HTTP_PROXY,  http://example.org/,  http://p.example:1
        http_proxy,  http://example.org/,  http://p.example:1
        HTTP_PROXY,  https://example.org/,
        HTTPS_PROXY, https://example.org/, http://p.example:1
        https_proxy, https://example.org/, http://p.example:1
        https_proxy, http://example.org/,
        ALL_PROXY,   http://example.org/,  http://p.example:1
        ALL_PROXY,   https://example.org/, http://p.example:1
        all_proxy,   https://example.org/, http://p.example:1
        Http_Proxy,  http://example.org/,
        """)
    void variables(String variable, String url, @Nullable String expected) throws NetFailure {
        assertThat(proxy(Map.of(variable, "http://p.example:1"), url)).isEqualTo(expected);
    }

    @Test
    void theNarrowerVariableComesFirstAndTheUpperCase() throws NetFailure {
        Map<String, String> environment =
                Map.of("ALL_PROXY", "http://all.example:1", "https_proxy", "http://lower.example:1", "HTTP_PROXY", " ");
        assertThat(proxy(environment, "http://example.org/")).isEqualTo("http://all.example:1");
        assertThat(proxy(environment, "https://example.org/")).isEqualTo("http://lower.example:1");
        assertThat(proxy(
                        Map.of("HTTP_PROXY", "http://upper.example:1", "http_proxy", "http://lower.example:1"),
                        "http://example.org/"))
                .isEqualTo("http://upper.example:1");
        assertThat(proxy(Map.of(), "http://example.org/")).isNull();
    }

    /** One that is named for something is meant for all of that, whatever the environment would spare. */
    @ParameterizedTest
    @CsvSource({
        "http://example.org/",
        "https://example.org/",
        "http://localhost/",
        "https://127.0.0.1/",
        "http://[::1]/"
    })
    void aProxyThatIsNamedForOneThingIsForAllHosts(String url) throws NetFailure {
        Proxy proxy = ProxyRules.of("http://p.example:1", "test").proxyFor(Origin.of(URI.create(url)));
        assertThat(String.valueOf(proxy)).isEqualTo("http://p.example:1");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        p.example:3128,                http://p.example:3128,
        p.example,                     http://p.example,
        http://p.example:80/path?x,    http://p.example,
        https://p.example,             https://p.example,
        https://p.example:3128/,       https://p.example:3128,
        HTTP://P.example:1,            http://p.example:1,
        http://[2001:db8::1]:3128,     http://[2001:db8:0:0:0:0:0:1]:3128,
        http://my_proxy:3128,          http://my_proxy:3128,
        me:secret@p.example:3128,      http://p.example:3128, Basic bWU6c2VjcmV0
        http://me@p.example:3128,      http://p.example:3128, Basic bWU6
        http://m%40e:a%3Ab%2F+@p:3128, http://p:3128,         Basic bUBlOmE6Yi8r
        """)
    void values(String value, String origin, @Nullable String authorization) throws NetFailure {
        Proxy proxy = Proxy.parse(value, "HTTP_PROXY");
        assertThat(proxy.origin()).hasToString(origin);
        assertThat(proxy.authorization()).isEqualTo(authorization);
        assertThat(proxy.toString()).doesNotContain("secret", "Basic");
    }
}
