package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client is made of, where a table says more than a server. */
class SmallPartsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        PT0.25S, 250 ms
        PT1S,    1 s
        PT1.5S,  1.5 s
        PT30S,   30 s
        PT60S,   60 s
        PT90S,   90 s
        PT2M,    2 min
        PT30M,   30 min
        """)
    void durations(Duration duration, String words) {
        assertThat(Amounts.of(duration)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        0,                   0 bytes
        1,                   1 byte
        999,                 999 bytes
        1000,                1.0 kB
        12345678,            12.3 MB
        999999,              1.0 MB
        999949,              999.9 kB
        9223372036854775807, 9.2 EB
        """)
    void sizes(long bytes, String words) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        0,                               PT0S
        120,                             PT2M
        999999999,                       PT277777H46M39S
        9999999999,                      PT596523H14M7S
        'Tue, 02 Jan 2024 00:00:30 GMT', PT30S
        'Tue, 2 Jan 2024 00:00:30 GMT',  PT30S
        'Mon, 01 Jan 2024 00:00:00 GMT', PT0S
        -1,
        1.5,
        soon,
        '',
        """)
    void retryAfter(String value, @Nullable Duration expected) {
        assertThat(RetryAfter.of(value, Instant.parse("2024-01-02T00:00:00Z"))).isEqualTo(expected);
    }

    /** Pauses double up to their bound, and are never shortened by more than a half. */
    @Property(tries = 200)
    void pauses(@ForAll @IntRange(min = 1, max = 100) int n, @ForAll long seed) {
        Retries retries = new Retries(9, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ZERO);
        long whole = Math.min(30_000, 500L << Math.min(n - 1, 20));
        assertThat(retries.pause(n, new Random(seed)))
                .isBetween(Duration.ofMillis(whole / 2), Duration.ofMillis(whole));
    }

    @Test
    void pausesDiffer() {
        Random random = new Random(1);
        assertThat(Retries.DEFAULT.pause(1, random)).isNotEqualTo(Retries.DEFAULT.pause(1, random));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r", "\u00e4", "a\0"})
    void namesOfFieldsAreTokens(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.NONE.with(name, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "a\0b", "\u001b[m", "\u20ac", "\u007f"})
    void valuesOfFieldsEndNoLine(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.NONE.with("a", value));
    }

    @Test
    void fieldsAreFoundInAnyCase() {
        Headers headers = Headers.NONE.with("A", "1").with("b", "2").with("a", "3");
        assertThat(headers.first("a")).isEqualTo("1");
        assertThat(headers.all("A")).containsExactly("1", "3");
        assertThat(headers.first("c")).isNull();
        assertThat(headers.with("Authorization", "secret").toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        https://me:secret@example.org:8443/a/b?c=secret&d&e=#f, https://example.org:8443/a/b?c=...&...&e=...
        http://example.org,                                    http://example.org
        https://example.org/?X-Amz-Signature=secret,           https://example.org/?X-Amz-Signature=...
        a/b?secret,                                            a/b?...
        """)
    void urlsAreShownWithoutSecrets(URI url, String shown) {
        assertThat(Urls.shown(url)).isEqualTo(shown);
    }

    @Test
    void longUrlsAreShownShortened() {
        assertThat(Urls.shown(URI.create("http://example.org/" + "a".repeat(1000))))
                .hasSize(303);
    }

    @Test
    void settingsOfTheEnvironment() {
        NetSettings settings = NetSettings.fromEnvironment(
                Map.of("SSL_CERT_FILE", "/etc/ca.pem", "https_proxy", "http://me:secret@p.example"), "1.2.3");
        assertThat(settings.caFile()).hasToString("/etc/ca.pem");
        assertThat(settings.userAgent()).isEqualTo("limpid/1.2.3");
        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(NetSettings.fromEnvironment(Map.of("SSL_CERT_FILE", ""), "1").caFile())
                .isNull();
    }

    @Test
    void whatCannotBeASettingIsNone() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Deadlines(second, second, Duration.ZERO, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new Retries(0, second, second, second));
        assertThatIllegalArgumentException().isThrownBy(() -> NetSettings.fromEnvironment(Map.of(), "1\n2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebRequest("GET /", URI.create("http://a/"), Headers.NONE, null, 1, true, null));
    }
}
