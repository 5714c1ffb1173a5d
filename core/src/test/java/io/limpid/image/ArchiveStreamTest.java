package io.limpid.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.BrokenInput;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.ImageMaker.Stored;
import io.limpid.testing.SomeLimits;
import io.limpid.testing.TarMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives that come through a pipe. */
class ArchiveStreamTest {
    private static final byte[] BASE =
            new TarMaker().file("etc/os-release", "ID=debian\n").bytes();
    private static final byte[] UPPER =
            new TarMaker().file("large", new byte[300_000]).bytes();

    private static ImageMaker image() {
        return new ImageMaker().layer(BASE).layer(UPPER);
    }

    private static byte[] layer(Image image, int index) throws IOException {
        Blob blob = Objects.requireNonNull(image.layers().get(index).blob());
        try (InputStream in = blob.open()) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({"docker-plain", "docker-gzip", "oci-plain", "oci-zstd"})
    void anArchiveOutOfAStream(String form) throws IOException {
        byte[] plain = form.startsWith("docker")
                ? image().dockerArchive("demo:1")
                : ImageMaker.tar(image().ociLayout(Stored.PLAIN, "1.0"));
        byte[] stored =
                form.endsWith("gzip") ? ImageMaker.gzip(plain) : form.endsWith("zstd") ? Zstd.compress(plain) : plain;
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        ImageRequest request = new ImageRequest("stdin", null, null, Limits.DEFAULT);
        try (Image image = ArchiveSource.openStream("", new ByteArrayInputStream(stored), request)) {
            assertThat(layer(image, 0)).isEqualTo(BASE);
            assertThat(layer(image, 1)).isEqualTo(UPPER);
            assertThat(layer(image, 0)).isEqualTo(BASE);
            try (Stream<Path> files = Files.list(temporary)) {
                assertThat(files.map(file -> String.valueOf(file.getFileName())))
                        .as("what is kept has no name")
                        .noneMatch(name -> name.matches("limpid-[0-9a-f-]{36}"));
            }
        }
    }

    /** What was read of one stream never stands for another's. */
    @Test
    void layersOfAStreamAreKnownAgainByNothing() throws IOException {
        byte[] archive = image().dockerArchive("demo:1");
        ImageRequest request = new ImageRequest("stdin", null, null, Limits.DEFAULT);
        for (byte[] stream : List.of(archive, ImageMaker.gzip(archive))) {
            try (Image image = ArchiveSource.openStream("", new ByteArrayInputStream(stream), request)) {
                Blob blob = Objects.requireNonNull(image.layers().getFirst().blob());
                assertThat(blob.identity()).isNull();
                assertThat(blob.isUnchanged()).isFalse();
            }
        }
    }

    @Test
    void aStreamIsBoundedAndItsFailuresAreSaid() {
        byte[] archive = image().dockerArchive("demo:1");
        Limits small = SomeLimits.with(Map.of("archiveBytes", archive.length - 1));
        assertThatThrownBy(() -> ArchiveSource.openStream(
                        "", new ByteArrayInputStream(archive), new ImageRequest("stdin", null, null, small)))
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT))
                .hasMessageContaining("stdin is too large");
        IOException broken = new IOException("gone");
        assertThatThrownBy(() -> ArchiveSource.openStream(
                        "", new BrokenInput(broken), new ImageRequest("stdin", null, null, Limits.DEFAULT)))
                .isSameAs(broken);
    }
}
