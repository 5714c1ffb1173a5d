package io.limpid.feedformat.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.feed.FeedException;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "a: 1.10¦{\"a\":\"1.10\"}",
                "a: 0x10¦{\"a\":\"0x10\"}",
                "a: yes¦{\"a\":\"yes\"}",
                "a: 2001-12-14¦{\"a\":\"2001-12-14\"}",
                "a:¦{\"a\":null}",
                "a: ~¦{\"a\":null}",
                "a: null¦{\"a\":null}",
                "a: 'null'¦{\"a\":\"null\"}",
                "a: \"\"¦{\"a\":\"\"}",
                "a: ! 5¦{\"a\":\"5\"}",
                "~: 5¦{\"~\":\"5\"}",
                "1: {2: [3, ~, 4], 5: []}¦{\"1\":{\"2\":[\"3\",null,\"4\"],\"5\":[]}}",
                "- - a§  - b§- c: d§  e: f¦[[\"a\",§\"b\"],§{\"c\":\"d\",§\"e\":\"f\"}]",
                "a: 'it''s \"x\\y\"'¦{\"a\":\"it's \\\"x\\\\y\\\"\"}",
                "a: \"\\t\\x07\\u00e9\\U0001F600\"¦{\"a\":\"\\u0009\\u0007é😀\"}",
                "a: |-§  x§  y§b: z¦{\"a\":\"x\\u000ay\",§§§\"b\":\"z\"}",
                "--- text¦\"text\"",
                "a: 1§...§¦{\"a\":\"1\"}",
            })
    void values(String yaml, String json) throws IOException {
        assertThat(json(yaml.replace('§', '\n'))).isEqualTo(json.replace('§', '\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "``¦it is empty",
                "# only a comment¦it is empty",
                "a: &x b¦line 1, column 4: an alias or anchor, which is refused",
                "a: *x¦line 1, column 4: an alias or anchor, which is refused",
                "a: &x [*x]¦line 1, column 4: an alias or anchor, which is refused",
                "a: !!java.io.File [x]¦line 1, column 4: a tag, which is refused",
                "a: !!int 3¦line 1, column 4: a tag, which is refused",
                "a: 1§---§b: 2¦line 2, column 1: a second document",
                "? [a, b]§: c¦line 1, column 3: a key that is no text",
                "a: [b¦no YAML: ",
                "a: 'b¦no YAML: ",
                "a: \tb: c¦no YAML: ",
                "a: `b¦no YAML: ",
                "%YAML 9.9§---§a: b¦no YAML: ",
            })
    void refused(String yaml, String error) {
        assertThatThrownBy(() -> json(yaml.replace('§', '\n')))
                .isInstanceOf(FeedException.class)
                .hasMessageStartingWith("a.yaml")
                .hasMessageContaining(error);
    }

    @Test
    void bounded() {
        assertThatThrownBy(() -> json("[".repeat(100_000)))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("nested more than " + Limits.DEFAULT.jsonDepth() + " deep");
        assertThatThrownBy(() -> json("- a\n".repeat(5_000_000)))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("YAML of more than 16777216 bytes");
        assertThatThrownBy(() -> YamlJson.of(
                        new ByteArrayInputStream(new byte[] {'a', ':', ' ', (byte) 0xff}), "a.yaml", Limits.DEFAULT))
                .isInstanceOf(FeedException.class)
                .hasMessage("a.yaml: not UTF-8");
    }

    private static String json(String yaml) throws IOException {
        return new String(YamlJson.of(new ByteArrayInputStream(yaml.getBytes(UTF_8)), "a.yaml", Limits.DEFAULT), UTF_8);
    }
}
