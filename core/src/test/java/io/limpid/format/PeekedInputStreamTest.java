package io.limpid.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.format.tar.DripStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was looked at is read all the same, also where the bytes come one by one. */
class PeekedInputStreamTest {

    @ParameterizedTest
    @CsvSource({
        "'', 3, ''",
        "ab, 3, ab",
        "abc, 3, abc",
        "abcd, 3, abc",
        "abcdefghij, 3, abc",
        "\u00ef\u00bb\u00bfa, 3, \u00ef\u00bb\u00bf"
    })
    void looksAtWhatIsThere(String all, int bytes, String first) throws IOException {
        try (PeekedInputStream in = new PeekedInputStream(new DripStream(all.getBytes(ISO_8859_1), 1), bytes)) {
            assertThat(in.firstText()).isEqualTo(first);
            assertThat(in.first()).isEqualTo(first.getBytes(ISO_8859_1));
            assertThat(new String(in.readAllBytes(), ISO_8859_1)).isEqualTo(all);
        }
    }

    @Test
    void aFailureIsThatOfTheBytes() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        assertThatThrownBy(() -> new PeekedInputStream(closed, 3)).hasMessage("Stream closed");
    }
}
