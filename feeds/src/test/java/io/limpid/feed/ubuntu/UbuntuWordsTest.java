package io.limpid.feed.ubuntu;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Canonical's references are. */
class UbuntuWordsTest {

    @ParameterizedTest
    @CsvSource({
        "https://ubuntu.com/security/notices/USN-5390-1, USN-5390-1",
        "https://usn.ubuntu.com/usn/usn-3977-1/, USN-3977-1",
        "http://www.ubuntu.com/usn/USN-3977-1, USN-3977-1",
        "https://ubuntu.com/security/notices/LSN-0106-1, LSN-0106-1",
        "https://ubuntu.com/security/notices/USN-5390-1/x, ",
        "https://ubuntu.com/security/notices/, ",
        "https://example.org/USN-5390-1, ",
        "see https://ubuntu.com/security/notices/USN-5390-1, ",
    })
    void bulletins(String link, @Nullable String bulletin) {
        assertThat(UbuntuWords.bulletin(link)).isEqualTo(bulletin);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/?a=~b, true",
        "http://x, true",
        "https://, false",
        "http://a b, false",
        "http://\u00e9, false",
        "ftp://example.org/, false",
        "see http://x, false",
        "'', false",
    })
    void links(String text, boolean link) {
        assertThat(UbuntuWords.isLink(text)).isEqualTo(link);
        assertThat(UbuntuWords.isLink(text + "x".repeat(1001))).isFalse();
    }
}
