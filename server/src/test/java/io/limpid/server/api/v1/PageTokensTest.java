package io.limpid.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {
    /** Of the specification of Fernet: generate.json, verify.json and invalid.json. */
    private static final String KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

    private static final String TOKEN =
            "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
    private static final Instant MADE = Instant.parse("1985-10-26T08:20:00Z");

    @Test
    void sealsTheVectorOfTheSpecification() throws LimpidException {
        byte[] vector = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        PageTokens tokens = PageTokens.of(KEY, Clock.systemUTC());
        assertThat(tokens.seal("hello".getBytes(StandardCharsets.UTF_8), MADE.getEpochSecond(), vector))
                .isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "3600, true", "3601, false", "-60, true", "-61, false"})
    void opensForAnHour(long seconds, boolean opens) throws LimpidException {
        PageTokens tokens = PageTokens.of(KEY, fixed(MADE.plusSeconds(seconds)));
        assertThat(tokens.open(TOKEN).isPresent()).isEqualTo(opens);
    }

    /** The original does not look at the error of its decoder: what stands before the first fault counts. */
    @ParameterizedTest
    @CsvSource({
        "TOKEN=, true",
        "TOKENAAAA, true",
        "TOKEN?!, true",
        "'TOKEN\n', true",
        "'\r\nTOKEN', true",
        "=TOKEN, false",
        "' TOKEN', false",
        "xTOKEN, false",
    })
    void opensWhatTheOriginalOpens(String form, boolean opens) throws LimpidException {
        String given = form.replace("\\n", "\n").replace("\\r", "\r").replace("TOKEN", TOKEN);
        assertThat(PageTokens.of(KEY, fixed(MADE)).open(given).isPresent()).isEqualTo(opens);
        String split = TOKEN.substring(0, 30) + "\r\n" + TOKEN.substring(30);
        assertThat(PageTokens.of(KEY, fixed(MADE)).open(split)).contains("hello");
        assertThat(PageTokens.of(KEY, fixed(MADE)).open(TOKEN.replace("=", "")))
                .as("the last bytes need their padding")
                .isEmpty();
    }

    /** Those that the specification calls invalid: signature, length, base64, padding of the block, version. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==",
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==",
                "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==",
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm",
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==",
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==",
                "garbage",
                "",
            })
    void refusesBrokenOnes(String token) throws LimpidException {
        assertThat(PageTokens.of(KEY, fixed(MADE.plusSeconds(1))).open(token)).isEmpty();
    }

    @Test
    void opensItsOwnAndNoOthers() throws LimpidException {
        PageTokens ours = PageTokens.of(null, Clock.systemUTC());
        PageTokens others = PageTokens.of("", Clock.systemUTC());
        String token = ours.seal("12\n");
        assertThat(ours.open(token)).contains("12\n");
        assertThat(others.open(token)).isEmpty();
        assertThat(ours.seal("12\n")).isNotEqualTo(token);
        byte[] changed = Base64.getUrlDecoder().decode(token);
        for (int at = 0; at < changed.length; at++) {
            changed[at] ^= 1;
            assertThat(ours.open(Base64.getUrlEncoder().encodeToString(changed)))
                    .isEmpty();
            changed[at] ^= 1;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=",
                "cw/0x689RpI+jtRR7oE8h/eQsKImvJapLeSbXpwF4e4=",
                "730ff4c7af3d46923e8ed451ee813c87f790b0a226bc96a92de49b5e9c05e1ee",
            })
    void takesKeysInThreeForms(String key) throws LimpidException {
        assertThat(PageTokens.of(key, fixed(MADE)).open(TOKEN)).contains("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4Q==", "???", "zz"})
    void refusesOtherKeysInTheOriginalsWords(String key) {
        assertThatThrownBy(() -> PageTokens.of(key, Clock.systemUTC()))
                .isInstanceOf(LimpidException.class)
                .hasMessageContaining("Invalid Pagination key; must be 32-bit URL-safe base64");
    }

    @Test
    void areUnderstoodElsewhere(@TempDir Path folder) throws IOException, InterruptedException {
        String program = """
            import sys
            from cryptography.fernet import Fernet
            print(Fernet(sys.argv[1]).decrypt(sys.argv[2].encode(), ttl=3600).decode(), end="")
            """;
        Path out = folder.resolve("out");
        Process python = new ProcessBuilder(
                        "python3",
                        "-c",
                        program,
                        KEY,
                        PageTokens.of(KEY, Clock.systemUTC()).seal("{\"a\":1}\n"))
                .redirectOutput(out.toFile())
                .redirectErrorStream(true)
                .start();
        int code = python.waitFor();
        Assumptions.assumeFalse(
                Files.readString(out).contains("No module named"), "skipped: python3 has no module cryptography");
        assertThat(Files.readString(out)).isEqualTo("{\"a\":1}\n");
        assertThat(code).isZero();
    }

    private static InstantSource fixed(Instant moment) {
        return Clock.fixed(moment, ZoneOffset.UTC);
    }
}
