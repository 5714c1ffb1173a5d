package io.limpid.cli.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.LimpidException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
    private static final Map<String, String> ADDRESSES = Map.of(
            "two", "127.0.0.2 127.0.0.3",
            "far", "192.0.2.7 127.0.0.4",
            "both", "127.0.0.5 ::1",
            "me", "127.0.0.8");

    private static InetAddress[] addresses(String name) throws UnknownHostException {
        String known = ADDRESSES.get(name);
        if (known == null) {
            return new InetAddress[] {InetAddress.ofLiteral(name)};
        }
        return Arrays.stream(known.split(" ")).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private static Set<String> texts(Set<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.toSet());
    }

    /** All addresses of the server's name, and the one that loopback is asked from; nobody else. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        http://127.0.0.1:6060, -,           -,         127.0.0.1, 127.0.0.1, 127.0.0.1
        http://127.0.0.2:6060, -,           -,         127.0.0.1, 127.0.0.1, 127.0.0.1 127.0.0.2
        http://127.0.0.2:6060, 127.0.0.3,   -,         127.0.0.3, 127.0.0.3, 127.0.0.1 127.0.0.2
        http://two,            -,           -,         127.0.0.1, 127.0.0.1, 127.0.0.1 127.0.0.2 127.0.0.3
        http://both,           -,           -,         127.0.0.1, 127.0.0.1, 127.0.0.1 127.0.0.5 0:0:0:0:0:0:0:1
        http://two,            me,          127.0.0.9, 127.0.0.8, me,        127.0.0.1 127.0.0.2 127.0.0.3 127.0.0.9
        http://far,            127.0.0.6,   both,      127.0.0.6, 127.0.0.6, 192.0.2.7 127.0.0.4 127.0.0.1 127.0.0.5 0:0:0:0:0:0:0:1
        http://two,            192.0.2.9,   -,         0.0.0.0,   192.0.2.9, 127.0.0.2 127.0.0.3 192.0.2.9
        http://192.0.2.7,      192.0.2.9,   -,         0.0.0.0,   192.0.2.9, 192.0.2.7
        http://[2001:db8::7],  2001:db8::9, -,         0:0:0:0:0:0:0:0, [2001:db8:0:0:0:0:0:9], 2001:db8:0:0:0:0:0:7
        """)
    void whoGetsLayersAndWhere(String endpoint, String mine, String other, String bound, String host, String allowed)
            throws IOException {
        Reach reach = Reach.of(
                URI.create(endpoint),
                mine.equals("-") ? null : mine,
                other.equals("-") ? List.of() : List.of(other),
                ReachTest::addresses);
        assertThat(reach.bound().getHostAddress()).isEqualTo(bound);
        assertThat(reach.host()).isEqualTo(host);
        assertThat(texts(reach.allowed())).containsExactlyInAnyOrder(allowed.split(" "));
    }

    @Test
    void aNameThatNobodyKnows() {
        assertThatThrownBy(() -> Reach.of(URI.create("http://nowhere"), null, List.of(), name -> {
                    throw new UnknownHostException(name);
                }))
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.hint()).isEqualTo("see whether --endpoint is right"));
    }
}
