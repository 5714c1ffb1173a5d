package io.limpid.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several images is taken: what containerd takes, and none where two would do as well. */
class PlatformsTest {

    private static Platforms.Candidate<String> candidate(String name) {
        List<Platform> platforms = Stream.of(name.split("[+]", -1))
                .filter(platform -> !platform.equals("?"))
                .map(PlatformsTest::platform)
                .toList();
        return new Platforms.Candidate<>(name, "<" + name + ">", platforms);
    }

    /** As images spell it, which is not always as it should be. */
    private static Platform platform(String text) {
        String[] part = text.split("/", -1);
        return new Platform("linux", part[0], part.length > 1 ? part[1] : null);
    }

    private static String choose(@Nullable String asked, String offered) throws LimpidException {
        List<Platforms.Candidate<String>> candidates =
                Stream.of(offered.split(" ", -1)).map(PlatformsTest::candidate).toList();
        return Platforms.choose(candidates, asked == null ? null : Platform.parse("linux/" + asked), "it");
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, arm64 amd64, amd64",
        "x86_64, arm64 amd64/v1, amd64/v1",
        "amd64, amd64/v2 amd64, amd64",
        "amd64/v3, amd64 amd64/v2 amd64/v4, amd64/v2",
        "arm, arm/v5 arm/v7 arm/v6, arm/v7",
        "arm, arm/v5 arm/v6, arm/v6",
        "arm, arm arm/v6, arm",
        "armhf, arm/v6 arm/7, arm/7",
        "arm/v6, arm/v5 arm/v7 arm/v6, arm/v6",
        "arm/v6, arm/v5 arm/v7, arm/v5",
        "arm/v6, arm arm/v5, arm/v5",
        "arm/v6, arm arm/v7, arm",
        "arm64, arm arm64/v8, arm64/v8",
        "arm64, aarch64, aarch64",
        "arm64/v9, arm64 arm64/v8.5 arm64/v8.6, arm64/v8.5",
        "arm64/v8.2, arm64 arm64/v8.1 arm64/v9, arm64/v8.1",
        "mips64le/hardfloat, mips64le/softfloat mips64le/hardfloat, mips64le/hardfloat",
        "amd64, ?, ?",
        "amd64, ? amd64, amd64",
        "amd64, amd64/v2+amd64 amd64/v3, amd64/v2+amd64",
        // Two for another platform do no harm.
        "amd64, arm64 arm64/v8 amd64, amd64",
    })
    void theBestOne(String asked, String offered, String chosen) throws LimpidException {
        assertThat(choose(asked, offered)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"s390x", "?", "arm/v5"})
    void aLoneOneIsTakenWhenNothingIsAsked(String offered) throws LimpidException {
        assertThat(choose(null, offered)).isEqualTo(offered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amd64 | s390x | NOT_FOUND | it has no image for linux/amd64; its image is for linux/s390x",
                "amd64 | amd64/v2 | NOT_FOUND | its image is for linux/amd64/v2",
                "arm64 | arm64/v9 | NOT_FOUND | its image is for linux/arm64/v9",
                "arm64/v9 | arm64/v8.6 | NOT_FOUND | its image is for linux/arm64/v8.6",
                "arm/v5 | arm/v6 arm/v7 | AMBIGUOUS | it has images for linux/arm/v6, linux/arm/v7",
                "amd64 | ? ? | AMBIGUOUS | it has images for one that does not say",
                "amd64 | amd64 amd64 | AMBIGUOUS | it holds 2 images for linux/amd64; <amd64>",
                "amd64 | amd64 x86_64/v1 arm64 | AMBIGUOUS | 2 images for linux/amd64; <amd64>, <x86_64/v1>",
                "arm64 | arm64/v8 arm64 | AMBIGUOUS | 2 images for linux/arm64; <arm64/v8>, <arm64>",
                "arm | arm arm/v7 | AMBIGUOUS | 2 images for linux/arm/v7; <arm>, <arm/v7>",
            })
    void noneOrMoreThanOne(String asked, String offered, ErrorCode code, String said) {
        assertThatThrownBy(() -> choose(asked, offered)).isInstanceOfSatisfying(LimpidException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.what() + "; " + e.reason()).contains(said);
        });
    }
}
