package io.limpid.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengeTest {

    /** Columns: the field's value; the challenges in it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Bearer realm=\"https://a/t\",service=\"s\",scope=\"repository:a:pull,push\""
                        + "|bearer{realm=https://a/t, scope=repository:a:pull,push, service=s}",
                "Basic realm=\"x\"|basic{realm=x}",
                "BASIC|basic{}",
                "Basic realm=x, Bearer realm=\"y\" , service = z|basic{realm=x} bearer{realm=y, service=z}",
                "Negotiate, Bearer realm=\"y\"|negotiate{} bearer{realm=y}",
                "Bearer realm=\"a\\\"b\\\\c\"|bearer{realm=a\"b\\c}",
                "Bearer realm=\"unended|bearer{realm=unended}",
                "Bearer REALM=a,realm=b|bearer{realm=a}",
                ",, Bearer ,realm=a|bearer{realm=a}",
                "Bearer =,realm=a|bearer{}",
                "~~|~~",
                "\"x\"|~~",
            })
    void read(String field, String told) {
        String read = Challenge.parse(List.of(field)).stream()
                .map(one -> one.scheme() + new TreeMap<>(one.parameters()))
                .collect(Collectors.joining(" "));
        assertThat(read).isEqualTo(told);
    }
}
