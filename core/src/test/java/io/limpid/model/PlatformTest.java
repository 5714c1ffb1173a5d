package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of users and images for the same platform become one. */
class PlatformTest {

    /** What containerd's package platforms makes of them, but that arm alone keeps its v7. */
    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "Linux/AMD64, linux/amd64",
        "linux/amd64/v1, linux/amd64",
        "linux/amd64/v3, linux/amd64/v3",
        "linux/x86_64, linux/amd64",
        "linux/x86-64/v2, linux/amd64/v2",
        "linux/i386, linux/386",
        "linux/aarch64, linux/arm64",
        "linux/arm64/v8, linux/arm64",
        "linux/arm64/8, linux/arm64",
        "linux/arm64/v9, linux/arm64/v9",
        "linux/arm, linux/arm/v7",
        "linux/arm/7, linux/arm/v7",
        "linux/arm/V6, linux/arm/v6",
        "linux/arm/5, linux/arm/v5",
        "linux/armhf, linux/arm/v7",
        "linux/armel, linux/arm/v6",
        "linux/riscv64, linux/riscv64",
        "macos/arm64, darwin/arm64",
        "arm64, linux/arm64",
        "x86_64, linux/amd64",
        "armhf, linux/arm/v7",
        "arm, linux/arm/v7",
        "no-such-os/no.such_arch, no-such-os/no.such_arch",
    })
    void parsed(String text, String platform) {
        assertThat(Platform.parse(text)).hasToString(platform).isEqualTo(Platform.parse(platform));
    }

    @Test
    void anOperatingSystemAloneIsOnThisProcessor() {
        Platform here = Platform.ofThisMachine();
        assertThat(Platform.parse("linux")).isEqualTo(here);
        assertThat(Platform.parse("Windows")).isEqualTo(new Platform("windows", here.architecture(), here.variant()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "linux/",
                "/amd64",
                "linux//v7",
                "linux/arm/v7/x",
                "linux/am d64",
                "*",
                "linux/*",
                "ryzen"
            })
    void malformed(String text) {
        assertThatThrownBy(() -> Platform.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a platform: " + text + ": ");
    }
}
