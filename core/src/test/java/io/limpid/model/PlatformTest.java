package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

    @ParameterizedTest
    @ValueSource(strings = {"linux/amd64", "linux/arm64/v8", "windows/amd64"})
    void readsWhatItWrites(String text) {
        assertThat(Platform.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "arm64", "linux/", "/amd64", "linux//v8", "linux/arm64/v8/x"})
    void otherFormsAreRefused(String text) {
        assertThatThrownBy(() -> Platform.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a platform: " + text + ": OS/ARCHITECTURE[/VARIANT] is expected");
    }
}
