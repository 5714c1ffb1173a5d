package io.limpid.net;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** Header fields of any server and settings of any environment: a value or the declared failure. */
final class NetFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void location(byte[] bytes) {
        URI base = URI.create("https://example.org/a/b?c");
        try {
            URI url = Urls.resolve(base, new String(bytes, StandardCharsets.ISO_8859_1));
            Origin origin = Origin.of(url);
            URI plain = Urls.plain(url);
            boolean kept = origin.equals(Origin.of(plain));
            String sent = origin.authority() + Urls.pathAndQuery(plain);
            boolean ascii = sent.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (!kept || !ascii || plain.getRawUserInfo() != null) {
                throw new AssertionError(plain + " is no plain form of " + url);
            }
            Urls.shown(url);
        } catch (URISyntaxException | NetFailure _) {
            // Nothing to fetch.
        }
    }

    @FuzzTest(maxDuration = "1m")
    void fields(byte[] bytes) {
        String value = new String(bytes, StandardCharsets.ISO_8859_1);
        ContentRange range = ContentRange.parse(value);
        if (range != null && (range.last() < range.first() || range.first() < 0)) {
            throw new AssertionError(range.toString());
        }
        Duration pause = RetryAfter.of(value, Instant.EPOCH);
        if (pause != null && pause.isNegative()) {
            throw new AssertionError(pause.toString());
        }
    }

    @FuzzTest(maxDuration = "1m")
    void proxies(byte[] bytes) throws NetFailure {
        String value = new String(bytes, StandardCharsets.UTF_8);
        ProxyRules rules =
                ProxyRules.fromEnvironment(Map.of("ALL_PROXY", "http://proxy.example:3128", "NO_PROXY", value));
        if (rules.proxyFor(new Origin("http", "localhost", 80)) != null) {
            throw new AssertionError("this machine is asked of a proxy");
        }
        rules.proxyFor(new Origin("https", "example.org", 443));
        try {
            Proxy.parse(value, "test");
        } catch (NetFailure _) {
            // No proxy.
        }
    }

    @FuzzTest(maxDuration = "1m")
    void addresses(byte[] bytes) throws UnknownHostException {
        if (bytes.length < 16) {
            return;
        }
        InetAddress address = InetAddress.getByAddress(Arrays.copyOf(bytes, 16));
        boolean strict = AddressPolicy.PUBLIC_ONLY.refusal(address) == null;
        if (strict && AddressPolicy.ALL_BUT_METADATA.refusal(address) != null) {
            throw new AssertionError(address + " is allowed where less is");
        }
    }
}
