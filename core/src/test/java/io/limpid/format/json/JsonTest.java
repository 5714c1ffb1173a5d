package io.limpid.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.Limits;
import io.limpid.testing.BrokenInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    private static final int BOUND = 1 << 20;

    private static JsonValue parse(String text) throws JsonException {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), BOUND, Limits.DEFAULT);
    }

    private static JsonObject object(String text) throws JsonException {
        return (JsonObject) parse(text);
    }

    @Test
    void readsEveryKind() throws JsonException {
        JsonObject object = object(
                "\ufeff{\"s\":\"a\\u00e9\\n\",\"i\":42,\"o\":{\"x\":{}},\"a\":[\"p\",\"q\"],\"n\":null,\"t\":true,"
                        + "\"os\":[{},{}],\"f\":-1.5e3}\n");
        assertThat(object.string("s")).isEqualTo("a\u00e9\n");
        assertThat(object.integer("i")).isEqualTo(42L);
        assertThat(object.object("o")).isNotNull();
        assertThat(object.strings("a")).containsExactly("p", "q");
        assertThat(object.array("a")).hasSize(2);
        assertThat(object.objects("os")).hasSize(2);
        assertThat(object.bool("t")).isTrue();
        assertThat(object.members().keySet()).containsExactly("s", "i", "o", "a", "n", "t", "os", "f");
        assertThat(object.members().get("f")).isEqualTo(new JsonNumber("-1.5e3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"m\":null}"})
    void absentAndNullAreNothing(String text) throws JsonException {
        JsonObject object = object(text);
        assertThat(object.string("m")).isNull();
        assertThat(object.integer("m")).isNull();
        assertThat(object.object("m")).isNull();
        assertThat(object.bool("m")).isNull();
        assertThat(object.array("m")).isEmpty();
        assertThat(object.objects("m")).isEmpty();
        assertThat(object.strings("m")).isEmpty();
    }

    @Test
    void anotherKindIsNamed() throws JsonException {
        JsonObject object = object("{\"m\":[1],\"big\":99999999999999999999,\"half\":0.5}");
        assertThatThrownBy(() -> object.string("m"))
                .isInstanceOf(JsonException.class)
                .hasMessage("member \"m\": expected a string, found an array");
        assertThatThrownBy(() -> object.strings("m")).hasMessage("member \"m[0]\": expected a string, found a number");
        assertThatThrownBy(() -> object.objects("m")).hasMessage("member \"m[0]\": expected an object, found a number");
        assertThatThrownBy(() -> object.integer("big")).hasMessageContaining("64 bits");
        assertThatThrownBy(() -> object.integer("half")).hasMessageContaining("64 bits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|the document is empty",
                "{\"a\":1,\"a\":1}|line 1, column 8: member \"a\" is there twice",
                "{\"a\":1,\"\\u0061\":2}|twice",
                "[1] 2|something follows the end",
                "[1,]|line 1",
                "{\"a\":|line 1",
                "[NaN]|line 1",
                "{'a':1}|line 1",
                "[1]//x|line 1",
                "\"a\u0001\"|line 1",
                "[01]|line 1",
            })
    void refuses(String text, String message) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(JsonException.class).hasMessageContaining(message);
    }

    @Test
    void messagesCarryNoControlCharacters() {
        assertThatThrownBy(() -> parse("{\"a\\u001b[31m\":1,\"a\\u001b[31m\":2}"))
                .hasMessageContaining("\\u{1b}")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void depthIsBoundedWithoutRecursion() throws JsonException {
        int deep = Limits.DEFAULT.jsonDepth();
        parse("[".repeat(deep) + "]".repeat(deep));
        assertThatThrownBy(() -> parse("[".repeat(deep + 1) + "]".repeat(deep + 1)))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> parse("[".repeat(BOUND))).isInstanceOf(JsonException.class);
    }

    @Test
    void sizeIsBounded() throws JsonException {
        byte[] ten = "[12345678]".getBytes(StandardCharsets.UTF_8);
        Json.parse(ten, ten.length, Limits.DEFAULT);
        assertThatThrownBy(() -> Json.parse(ten, ten.length - 1, Limits.DEFAULT))
                .hasMessageContaining("more than 9 bytes");
        assertThatThrownBy(() -> parse("[" + "1".repeat(5000) + "]")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> parse("[" + "1,".repeat(500_000) + "1]")).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "eda080", "f4908080", "ff", "e282"})
    void onlyUtf8(String hex) {
        byte[] bad = new byte[hex.length() / 2 + 2];
        bad[0] = '"';
        bad[bad.length - 1] = '"';
        for (int i = 0; i < hex.length(); i += 2) {
            bad[i / 2 + 1] = (byte) Integer.parseInt(hex, i, i + 2, 16);
        }
        assertThatThrownBy(() -> Json.parse(bad, BOUND, Limits.DEFAULT))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void otherEncodingsAreRefused() {
        assertThatThrownBy(() -> Json.parse("{}".getBytes(StandardCharsets.UTF_16), BOUND, Limits.DEFAULT))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void aStreamThatFailsSaysSoItself() {
        IOException broken = new IOException("disk on fire");
        InputStream in = new BrokenInput(broken);
        assertThatThrownBy(() -> Json.parse(in, BOUND, Limits.DEFAULT)).isSameAs(broken);
    }
}
