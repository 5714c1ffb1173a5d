package io.limpid.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON as Go reads and writes it. */
class GoJsonTest {
    private static final int DEEPEST = 100;

    static Stream<Arguments> readings() {
        return Stream.of(
                row("{\"layer\":{\"nAmE\":\"a\"}}", "{\"Layer\":{\"Name\":\"a\"}}"),
                row("{\"Layer\":{\"\\u017fName\":\"x\",\"Name\":\"a\"}}", "{\"Layer\":{\"Name\":\"a\"}}"),
                row("{\"Layer\":{\"Header\\u017f\":{\"a\":\"b\"}}}", "{\"Layer\":{\"Headers\":{\"a\":\"b\"}}}"),
                row(" \n{\"Layer\":{\"Name\":\"a\"}}}]garbage", "{\"Layer\":{\"Name\":\"a\"}}"),
                row("{\"Layer\":{\"Name\":\"a\",\"Name\":\"b\"}}", "{\"Layer\":{\"Name\":\"b\"}}"),
                row(
                        "{\"Layer\":{\"Name\":\"a\"},\"Layer\":{\"Path\":\"p\"}}",
                        "{\"Layer\":{\"Name\":\"a\",\"Path\":\"p\"}}"),
                row("{\"Layer\":{\"Name\":\"a\"},\"Layer\":null}", "{}"),
                row(
                        "{\"Layer\":{\"Name\":\"a\",\"Name\":null,\"Headers\":null,\"Features\":null}}",
                        "{\"Layer\":{\"Name\":\"a\"}}"),
                row("{\"Layer\":{\"Features\":[null,{}]}}", "{\"Layer\":{\"Features\":[{},{}]}}"),
                row(
                        "{\"Layer\":{\"Headers\":{\"b\":\"2\",\"a\":null}}}",
                        "{\"Layer\":{\"Headers\":{\"a\":\"\",\"b\":\"2\"}}}"),
                row("{\"Unknown\":[1,{\"a\":\"]}\\\"\"},true,null,-1.5e+3],\"Layer\":{}}", "{\"Layer\":{}}"),
                row("null", "{}"),
                row(
                        "{\"Layer\":{\"Name\":\"<&>\\u2028\\u0000\\b\\f\\n\\r\\t\\\"\\\\\\/\\u007f\"}}",
                        "{\"Layer\":{\"Name\":\"\\u003c\\u0026\\u003e\\u2028\\u0000\\b\\f\\n\\r\\t\\\"\\\\/\u007f\"}}"),
                row(
                        "{\"Layer\":{\"Name\":\"\\ud83d\\ude00\\ud83d-\\ude00\\ud83d\\u0041\"}}",
                        "{\"Layer\":{\"Name\":\"\ud83d\ude00\ufffd-\ufffd\ufffdA\"}}"),
                row("{\"Layer\":{\"IndexedByVersion\":-7}}", "{\"Layer\":{\"IndexedByVersion\":-7}}"));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void readsAndWritesAsGo(String given, String written) throws GoJsonException {
        assertThat(layer(utf8(given))).isEqualTo(written + "\n");
    }

    /** Bytes that are no UTF-8, in hex, and the characters that Go makes of them, in hex too. */
    @ParameterizedTest
    @CsvSource({
        "c3a9, e9",
        "e282ac, 20ac",
        "ff, fffd",
        "c3, fffd",
        "c080, fffd fffd",
        "e0808a, fffd fffd fffd",
        "eda080, fffd fffd fffd",
        "f4908080, fffd fffd fffd fffd",
        "e28241, fffd fffd 41",
        "f09f9880, d83d de00",
    })
    void readsBrokenTextAsGo(String bytes, String characters) throws GoJsonException {
        byte[] text = java.util.HexFormat.of().parseHex(bytes);
        byte[] document = new byte[text.length + 22];
        byte[] head = utf8("{\"Layer\":{\"Name\":\"");
        System.arraycopy(head, 0, document, 0, head.length);
        System.arraycopy(text, 0, document, head.length, text.length);
        System.arraycopy(utf8("\"}} "), 0, document, head.length + text.length, 4);
        GoObject read = GoDecoder.decode(Shapes.LAYER_ENVELOPE, document, document.length, DEEPEST);
        StringBuilder expected = new StringBuilder();
        for (String unit : characters.split(" ")) {
            expected.append((char) Integer.parseInt(unit, 16));
        }
        assertThat(java.util.Objects.requireNonNull(read.object("Layer")).text("Name"))
                .isEqualTo(expected.toString());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                row("", "EOF"),
                row(" \n ", "EOF"),
                row("{\"Layer\":", "unexpected EOF"),
                row("{\"Layer\":{\"Name\":\"a", "unexpected EOF"),
                row("[]", "json: cannot unmarshal array into Go value of type v1.LayerEnvelope"),
                row("\"x\" y", "json: cannot unmarshal string into Go value of type v1.LayerEnvelope"),
                row("5", "json: cannot unmarshal number into Go value of type v1.LayerEnvelope"),
                row("true", "json: cannot unmarshal bool into Go value of type v1.LayerEnvelope"),
                row(
                        "{\"Layer\":5}",
                        "json: cannot unmarshal number into Go struct field LayerEnvelope.Layer of type v1.Layer"),
                row(
                        "{\"Layer\":{\"Name\":5}}",
                        "json: cannot unmarshal number into Go struct field Layer.Layer.Name of type string"),
                row(
                        "{\"Layer\":{\"Headers\":{\"a\":1}}}",
                        "json: cannot unmarshal number into Go struct field Layer.Layer.Headers of type string"),
                row(
                        "{\"Layer\":{\"Headers\":[]}}",
                        "json: cannot unmarshal array into Go struct field Layer.Layer.Headers of type"
                                + " map[string]string"),
                row(
                        "{\"Layer\":{\"IndexedByVersion\":1.5}}",
                        "json: cannot unmarshal number 1.5 into Go struct field Layer.Layer.IndexedByVersion of type"
                                + " int"),
                row(
                        "{\"Layer\":{\"Features\":{},\"Name\":1}}",
                        "json: cannot unmarshal object into Go struct field Layer.Layer.Features of type []v1.Feature"),
                row(
                        "{\"Layer\":{\"Features\":[{\"Name\":{}}]}}",
                        "json: cannot unmarshal object into Go struct field Feature.Layer.Features.Name of type"
                                + " string"),
                row(
                        "{\"Layer\":{\"Features\":[{\"Vulnerabilities\":[{\"Metadata\":{\"a\":1e999}}]}]}}",
                        "json: cannot unmarshal number 1e999 into Go struct field"
                                + " Vulnerability.Layer.Features.Vulnerabilities.Metadata of type float64"),
                row("nope", "invalid character 'o' in literal null (expecting 'u')"),
                row("{bad", "invalid character 'b' looking for beginning of object key string"),
                row("{\"a\" 1}", "invalid character '1' after object key"),
                row("{\"a\":1 2}", "invalid character '2' after object key:value pair"),
                row("{\"a\":1,}", "invalid character '}' looking for beginning of object key string"),
                row("[1 2]", "invalid character '2' after array element"),
                row("[,]", "invalid character ',' looking for beginning of value"),
                row("-x", "invalid character 'x' in numeric literal"),
                row("[01]", "invalid character '1' after array element"),
                row("1.x", "invalid character 'x' after decimal point in numeric literal"),
                row("1e+x", "invalid character 'x' in exponent of numeric literal"),
                row("\"\\x\"", "invalid character 'x' in string escape code"),
                row("\"\\u00g0\"", "invalid character 'g' in \\u hexadecimal character escape"),
                row("\"\n\"", "invalid character '\\n' in string literal"),
                row("\"\u0001\"", "invalid character '\\x01' in string literal"),
                row("'a'", "invalid character '\\'' looking for beginning of value"),
                row("\u00e9", "invalid character '\u00c3' looking for beginning of value"),
                row("\u0440", "invalid character '\u00d1' looking for beginning of value"),
                row("[".repeat(DEEPEST + 1), "invalid character '[' exceeded max depth"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesInTheWordsOfGo(String given, String words) {
        assertThatThrownBy(() -> layer(utf8(given)))
                .isInstanceOf(GoJsonException.class)
                .hasMessage(words);
    }

    /** What a client may put into metadata, and how Go writes it again. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\":1,\"a\":[]}|{\"a\":[],\"b\":1}",
                "{\"n\":1.0}|{\"n\":1}",
                "{\"n\":7.5}|{\"n\":7.5}",
                "{\"n\":100000000000000000000}|{\"n\":100000000000000000000}",
                "{\"n\":1e21}|{\"n\":1e+21}",
                "{\"n\":0.000001}|{\"n\":0.000001}",
                "{\"n\":0.00000012345}|{\"n\":1.2345e-7}",
                "{\"n\":-0.0}|{\"n\":-0}",
                "{\"n\":-123456789.125}|{\"n\":-123456789.125}",
                "{\"n\":1e-400}|{\"n\":0}",
                "{\"a\":{\"z\":null,\"y\":true,\"x\":\"<\"},\"a\":{\"w\":false}}|{\"a\":{\"w\":false}}",
            })
    void writesMetadataAsGo(String given, String written) throws GoJsonException {
        byte[] bytes = utf8(given);
        Object read = GoDecoder.decodeAny(GoType.Basic.ANYTHING, bytes, bytes.length, DEEPEST);
        assertThat(GoEncoder.text(read)).isEqualTo(written);
    }

    @Test
    void writesEmptyListsAsTheOriginal() {
        GoObject none = new GoObject(Shapes.FEATURE_ENVELOPE);
        assertThat(GoEncoder.text(none)).isEqualTo("{}");
        assertThat(GoEncoder.text(none.with("Features", java.util.List.of()))).isEqualTo("{\"Features\":null}");
    }

    private static String layer(byte[] document) throws GoJsonException {
        GoObject read = GoDecoder.decode(Shapes.LAYER_ENVELOPE, document, document.length, DEEPEST);
        return new String(GoEncoder.line(read), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Arguments row(String... row) {
        return Arguments.of((Object[]) row);
    }
}
