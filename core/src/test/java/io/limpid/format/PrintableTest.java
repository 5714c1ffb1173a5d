package io.limpid.format;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Property
    void nothingIsObeyed(@ForAll String text) {
        String safe = Printable.of(text);
        assertThat(safe.strip()).doesNotStartWith("::");
        assertThat(safe).doesNotContain("##[", "\u001b", "\n");
        assertThat(Printable.ascii(text).chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
    }
}
