package io.limpid.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.image.ImageSources;
import io.limpid.image.PassingReader;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    private static final String SBOM =
            "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"purl\":\"pkg:npm/a@1\"}]}";

    @TempDir
    Path folder;

    private final Targets targets = new Targets(ImageSources.all(), Limits.DEFAULT);

    private static byte[] archive(String tag) {
        return new ImageMaker()
                .layer(new TarMaker().file("etc/os-release", "ID=debian\n").bytes())
                .dockerArchive(tag);
    }

    private Targets.Opened open(String target, byte[] stdin) throws IOException {
        return targets.open(
                new ScanRequest(target, null, null, false, new ByteArrayInputStream(stdin)), PassingReader.NONE);
    }

    /** Columns: the target, the tag of the image; the reference in the report. */
    @ParameterizedTest
    @CsvSource({"-, demo:1, demo:1", "-, '', stdin", "docker-archive:-, demo:1, demo:1"})
    void imagesByStdin(String target, String tag, String reference) throws IOException {
        if (!(open(target, archive(tag)) instanceof Targets.OpenedImage(var image))) {
            throw new AssertionError("no image");
        }
        try (image) {
            assertThat(image.target().kind()).isEqualTo("docker-archive");
            assertThat(image.target().reference()).isEqualTo(reference);
            assertThat(image.layers()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "sbom:-"})
    void sbomsByStdin(String target) throws IOException {
        byte[] document = ("\ufeff \n" + SBOM + " ".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        if (!(open(target, document) instanceof Targets.ReadSbom(var read, var found))) {
            throw new AssertionError("no SBOM");
        }
        assertThat(read.kind() + ":" + read.reference()).isEqualTo("sbom:stdin");
        assertThat(found.inventory().packages()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "-, '', stdin: it is empty",
        "sbom:-, '', stdin: it is empty",
        "-, neither, stdin is no image archive",
        "oci-archive:-, archive, name it with docker-archive:",
        "sbom:-, neither, cannot read the SBOM",
        "oci-dir:-, archive, no such file or folder",
    })
    void errorsByStdin(String target, String stdin, String said) {
        byte[] bytes = stdin.equals("archive") ? archive("demo:1") : stdin.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> open(target, bytes))
                .isInstanceOfSatisfying(
                        LimpidException.class,
                        e -> assertThat(e.getMessage() + " " + e.hint()).contains(said));
    }

    @ParameterizedTest
    @CsvSource({
        "name, , false, --image cannot be used with",
        ", linux/arm64, false, --platform cannot be used with",
        ", , true, --verify cannot be used with",
        "name, linux/arm64, true, --image and --platform and --verify cannot be used with",
    })
    void optionsOfImagesAreRefusedForSboms(
            @Nullable String image, @Nullable String platform, boolean verify, String said) throws IOException {
        Path file = Files.writeString(folder.resolve("bom"), SBOM);
        Platform asked = platform == null ? null : Platform.parse(platform);
        for (String target : new String[] {file.toString(), "sbom:" + file, "-", "sbom:-"}) {
            ScanRequest request = new ScanRequest(
                    target, image, asked, verify, new ByteArrayInputStream(SBOM.getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> targets.open(request, PassingReader.NONE))
                    .isInstanceOfSatisfying(
                            LimpidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                    .hasMessageContaining(said);
        }
    }

    /** A file may be called as a source is, or as stdin. */
    @Test
    void whatIsThereIsOpened() throws IOException {
        Path file = Files.writeString(folder.resolve("docker:24"), SBOM);
        assertThat(targets.open(new ScanRequest(file.toString(), null, null), PassingReader.NONE))
                .isInstanceOf(Targets.ReadSbom.class);
    }
}
