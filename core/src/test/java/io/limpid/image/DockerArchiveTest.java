package io.limpid.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which entry of Docker's manifest is meant: {@code docker load} leaves a tag on the last that has it. */
class DockerArchiveTest {
    private static final ImageMaker CLEAN =
            new ImageMaker().layer(new TarMaker().file("clean", "").bytes());
    private static final ImageMaker VULNERABLE =
            new ImageMaker().layer(new TarMaker().file("vulnerable", "").bytes());
    private static final ImageMaker ARM = new ImageMaker()
            .architecture("arm64")
            .layer(new TarMaker().file("arm", "").bytes());

    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<String> entries = new ArrayList<>();

    private DockerArchiveTest entry(ImageMaker image, String tag) {
        Map<String, byte[]> own =
                image.dockerFiles(tag, Sha256.of(image.config()).hex() + "-");
        String manifest = new String(Objects.requireNonNull(own.remove("manifest.json")), UTF_8);
        entries.add(manifest.substring(1, manifest.length() - 1));
        files.putAll(own);
        return this;
    }

    private Image open(@Nullable String image, @Nullable String platform) throws IOException {
        files.put("manifest.json", ("[" + String.join(",", entries) + "]").getBytes(UTF_8));
        Path file = Files.write(folder.resolve("saved.tar"), ImageMaker.tar(files));
        Platform asked = platform == null ? null : Platform.parse(platform);
        return new ArchiveSource().open("", new ImageRequest(file.toString(), image, asked, Limits.DEFAULT));
    }

    private void assertOpens(ImageMaker expected, @Nullable String image, @Nullable String platform)
            throws IOException {
        try (Image opened = open(image, platform)) {
            assertThat(opened.target().imageId()).isEqualTo(Sha256.of(expected.config()));
        }
    }

    @Test
    void oneTagOfTwoImages() throws IOException {
        entry(CLEAN, "x:1").entry(VULNERABLE, "x:1");
        for (String image : new String[] {null, "x:1"}) {
            assertThatThrownBy(() -> open(image, "amd64"))
                    .isInstanceOfSatisfying(
                            LimpidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AMBIGUOUS))
                    .hasMessageContaining(Sha256.of(CLEAN.config()) + ", " + Sha256.of(VULNERABLE.config()));
        }
        assertOpens(VULNERABLE, Sha256.of(VULNERABLE.config()).toString(), null);
    }

    @Test
    void oneTagForTwoPlatforms() throws IOException {
        entry(CLEAN, "x:1").entry(ARM, "x:1");
        assertOpens(CLEAN, null, "amd64");
        assertOpens(ARM, "x:1", "linux/arm64/v8");
    }

    @Test
    void theSameEntryTwiceIsOne() throws IOException {
        entry(CLEAN, "x:1").entry(CLEAN, "x:1");
        assertOpens(CLEAN, null, "amd64");
        try (Image image = open("docker.io/library/x:1", null)) {
            assertThat(image.target().reference()).isEqualTo("x:1");
        }
    }

    /** What is wrong with another image's configuration is no problem of this one. */
    @Test
    void aRenamedConfigurationIsAProblemOfItsOwnImage() throws IOException {
        entry(CLEAN, "x:1").entry(ARM, "x:1");
        String name = Sha256.of(ARM.config()).hex();
        files.put("0".repeat(64) + ".json", Objects.requireNonNull(files.remove(name + ".json")));
        entries.replaceAll(entry -> entry.replace("\"" + name + ".json", "\"" + "0".repeat(64) + ".json"));
        try (Image image = open(null, "amd64")) {
            assertThat(image.problems()).isEmpty();
        }
        try (Image image = open(null, "arm64")) {
            assertThat(image.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.what()).contains("changed after it was named"));
        }
    }
}
