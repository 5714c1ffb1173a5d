package io.limpid.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonArray;
import io.limpid.format.json.JsonString;
import io.limpid.model.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "plain 1.0-1, plain 1.0-1",
        "caf\u00e9, caf\u00e9",
        "red\u001b[31m, red\\u{1b}[31m",
        "x\u009b31m, x\\u{9b}31m",
        "a\u202eb, a\\u{202e}b",
        "a\u200bb, a\\u{200b}b",
        "a\u2028b, a\\u{2028}b",
        "::error::x, \\u{3a}:error::x",
        "pkg:deb/a, pkg:deb/a",
        "std::string, std::string",
        "x##[command], x\\u{23}#[command]",
        "##vso[task], \\u{23}#vso[task]",
        "a # comment, a # comment",
        "a\ud800b, a\\u{d800}b",
        "\ud83d\ude00, \ud83d\ude00",
    })
    void escapes(String text, String expected) {
        assertThat(Printable.of(text)).isEqualTo(expected);
    }

    @Test
    void lineEndsAndTabsAreEscaped() {
        assertThat(Printable.of("a\nb\rc\td")).isEqualTo("a\\nb\\rc\\td");
        assertThat(Printable.of(" \u00a0::set-output")).isEqualTo(" \u00a0\\u{3a}:set-output");
    }

    @Test
    void asciiAndExcerpts() {
        assertThat(Printable.ascii("caf\u00e9")).isEqualTo("caf\\u{e9}");
        assertThat(Printable.excerpt("abcdef", 3)).isEqualTo("abc...");
        assertThat(Printable.excerpt("abc", 3)).isEqualTo("abc");
    }

    /** Columns: a text, and how it stands in JSON. */
    @ParameterizedTest
    @CsvSource({
        "plain # 1, plain # 1",
        "a\"b\\c, a\\\"b\\\\c",
        "caf\u00e9 \ud83d\ude00, caf\u00e9 \ud83d\ude00",
        "red\u001b[31m, red\\u001B[31m",
        "x\u0085\u202e\u2028\u007f, x\\u0085\\u202E\\u2028\\u007F",
        "tag\udb40\udc41, tag\\uDB40\\uDC41",
        "private\ue000\udbff\udffd, private\\uE000\\uDBFF\\uDFFD",
        "half\ud800, half\ufffd",
        "::x, ::x",
        "##vso[a] ##[b], \\u0023#vso[a] \\u0023#[b]",
    })
    void json(String text, String expected) {
        assertThat(Printable.json(text)).isEqualTo(expected);
    }

    @Property
    void jsonMeansTheSameTextAndNothingInItIsObeyed(@ForAll String text) throws IOException {
        String json = Printable.json(text);
        byte[] document = ("[\"" + json + "\"]").getBytes(StandardCharsets.UTF_8);
        JsonArray array = (JsonArray) Json.parse(document, document.length, Limits.DEFAULT);
        String mended = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(((JsonString) array.values().getFirst()).value().replace('\ufffd', '?'))
                .isEqualTo(mended.replace('\ufffd', '?'));
        assertThat(json.codePoints())
                .noneMatch(c -> Character.getType(c) == Character.FORMAT || Character.isISOControl(c));
        assertThat(json).doesNotContain("##[", "##vso[");
    }

    @Property
    void nothingIsObeyed(@ForAll String text) {
        String safe = Printable.of(text);
        assertThat(safe.strip()).doesNotStartWith("::");
        assertThat(safe).doesNotContain("##[", "\u001b", "\n");
        assertThat(Printable.ascii(text).chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
    }
}
