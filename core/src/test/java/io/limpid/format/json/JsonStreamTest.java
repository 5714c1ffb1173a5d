package io.limpid.format.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.Limits;
import io.limpid.testing.BrokenInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonStreamTest {
    private static final long BOUND = 1 << 25;

    private static void read(String text, JsonStream.Reading reading) throws IOException {
        JsonStream.read(new ByteArrayInputStream(text.getBytes(UTF_8)), BOUND, Limits.DEFAULT, reading);
    }

    /** Reads everything there is. */
    static void walk(JsonStream json) throws IOException {
        if (json.isObject()) {
            json.object(_ -> walk(json));
        } else if (json.isArray()) {
            json.array(() -> walk(json));
        } else {
            json.scalarOrNull();
        }
    }

    @Test
    void whatIsNotReadIsPassedOver() throws IOException {
        List<String> seen = new ArrayList<>();
        read(
                "\ufeff {\"a\":[1,{\"x\":[]}],\"b\":\"\u00e9\\n"
                        + "\",\"c\":{\"d\":{},\"e\":\"f\",\"g\":[1]},\"h\":null,\"i\":[\"j\",2,[3],{}]}\n",
                json -> json.object(name -> {
                    switch (name) {
                        case "b" -> seen.add(json.string());
                        case "c" ->
                            json.object(inner -> {
                                if (inner.equals("e")) {
                                    seen.add(json.string());
                                }
                            });
                        case "h" -> seen.add("null: " + json.isNull());
                        case "i" -> json.array(() -> seen.add(json.stringOrNull() + " " + json.scalarOrNull()));
                        default -> seen.add(name);
                    }
                }));
        assertThat(seen).containsExactly("a", "\u00e9\n", "f", "null: true", "j j", "null 2", "null null", "null null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|the document is empty",
                "{\"a\":{\"b\":1,\"b\":1}}|line 1, column 13: in /a/b: the member is there twice",
                "{\"a\":[{},1|line 1, column 11: in /a/1: the document ends in the middle; it was cut off",
                "{\"a\":\"x|line 1, column 8: in /a: the document ends in the middle; it was cut off",
                "{\"a\"|the document ends in the middle",
                "{} {}|something follows the end",
                "{}]|line 1, column 3",
                "[1,]|line 1, column 4",
                "{'a':1}|line 1, column 2",
                "[01]|line 1",
                "[NaN]|line 1",
                "[1]//x|line 1",
            })
    void refuses(String text, String message) {
        assertThatThrownBy(() -> read(text, JsonStreamTest::walk))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
        // It is refused also where nobody looks, but for members that are there twice.
        if (!message.contains("twice")) {
            assertThatThrownBy(() -> read(text, _ -> {})).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void anotherKindIsNamedWithItsPlace() {
        assertThatThrownBy(() -> read("{\"a\":[\n[1]]}", json -> json.object(_ -> json.array(json::string))))
                .hasMessage("line 2, column 1: in /a/0: expected a string, found an array");
        assertThatThrownBy(() -> read("[]", json -> json.object(_ -> {})))
                .hasMessage("line 1, column 1: expected an object, found an array");
        assertThatThrownBy(() -> read("{\"\\u001b[31m\":0}", json -> json.object(_ -> json.array(() -> {}))))
                .hasMessage("line 1, column 15: in /\\u{1b}[31m: expected an array, found a number");
    }

    @Test
    void isBounded() throws IOException {
        int deep = Limits.DEFAULT.jsonDepth();
        read("[".repeat(deep) + "]".repeat(deep), JsonStreamTest::walk);
        String deeper = "[".repeat(deep + 1) + "]".repeat(deep + 1);
        assertThatThrownBy(() -> read(deeper, JsonStreamTest::walk)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read(deeper, _ -> {})).isInstanceOf(JsonException.class);

        int most = Limits.DEFAULT.advisoryBytes();
        read("\"" + "a".repeat(most) + "\"", JsonStreamTest::walk);
        assertThatThrownBy(() -> read("\"" + "a".repeat(most + 1) + "\"", JsonStreamTest::walk))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read("{\"" + "a".repeat(1001) + "\":1}", JsonStreamTest::walk))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read("[" + "1".repeat(1001) + "]", JsonStreamTest::walk))
                .isInstanceOf(JsonException.class);
        StringBuilder members = new StringBuilder("{");
        for (int i = 0; i < 700_000; i++) {
            members.append("\"a").append(i).append("\":1,");
        }
        assertThatThrownBy(() -> read(members.append("\"b\":1}").toString(), JsonStreamTest::walk))
                .hasMessageContaining("an object with too many members");
    }

    /** Whatever stands there, and what follows it is read on. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        1                   | a number
        "x"                 | a string
        true                | a boolean
        null                | null
        []                  | an array
        {"a":[{"b":[1,2]}]} | an object
        """)
    void anyValueIsReadAsAWhole(String value, String kind) throws IOException {
        List<String> seen = new ArrayList<>();
        read(
                "[" + value + ",\"after\"]",
                json -> json.array(() -> {
                    JsonValue read = json.value();
                    assertThat(read)
                            .isEqualTo(Json.parse(
                                    (seen.isEmpty() ? value : "\"after\"").getBytes(UTF_8), 100, Limits.DEFAULT));
                    seen.add(read.kind());
                }));
        assertThat(seen).containsExactly(kind, "a string");
    }

    @Test
    void aWholeValueIsBounded() throws IOException {
        int most = Limits.DEFAULT.advisoryBytes();
        read("[1" + ",1".repeat(most / 2 - 2) + "]", JsonStream::value);
        assertThatThrownBy(() -> read("[1" + ",1".repeat(most / 2 - 1) + "]", JsonStream::value))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("a value of more than " + most + " characters");
        assertThatThrownBy(() -> read("[[1", json -> json.array(json::value)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> read("[{\"a\":1,\"a\":2}]", json -> json.array(json::value)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("is there twice");
    }

    /** A long array of small objects is no object with many members. */
    @Test
    void aLongDocumentIsNoBurden() throws IOException {
        long[] read = {0};
        String element = "{\"abcdefghij\":{\"klmnopqrst\":[\"u\"]}},";
        read(
                "[" + element.repeat(500_000) + "{}]",
                json -> json.array(() -> {
                    read[0]++;
                    walk(json);
                }));
        assertThat(read[0]).isEqualTo(500_001);
    }

    @Test
    void sizeIsBounded() throws IOException {
        byte[] ten = "[12345678]".getBytes(UTF_8);
        JsonStream.read(new ByteArrayInputStream(ten), ten.length, Limits.DEFAULT, JsonStreamTest::walk);
        assertThatThrownBy(() -> JsonStream.read(
                        new ByteArrayInputStream(ten), ten.length - 1, Limits.DEFAULT, JsonStreamTest::walk))
                .hasMessageContaining("more than 9 bytes");
    }

    @Test
    void onlyUtf8() {
        byte[] bad = {'[', '"', (byte) 0xff, '"', ']'};
        assertThatThrownBy(() ->
                        JsonStream.read(new ByteArrayInputStream(bad), BOUND, Limits.DEFAULT, JsonStreamTest::walk))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void whatTheReaderOrTheStreamThrowsPassesAsItIs() {
        IOException failure = new IOException("the disk is gone");
        assertThatThrownBy(() -> JsonStream.read(new BrokenInput(failure), BOUND, Limits.DEFAULT, _ -> {}))
                .isSameAs(failure);
        assertThatThrownBy(() -> read("[1]", _ -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }
}
