package io.limpid.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.ImageMaker.Stored;
import io.limpid.testing.TarMaker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Every source gives the layers of the image that was asked for, byte for byte, or says what is wrong with it. */
class ImageSourceTest {
    private static final byte[] BASE =
            new TarMaker().file("etc/os-release", "ID=debian\n").bytes();
    private static final byte[] UPPER =
            new TarMaker().file("etc/hostname", "demo").bytes();

    @TempDir
    Path folder;

    private static ImageMaker image() {
        return new ImageMaker().layer(BASE, "ADD rootfs").layer(UPPER, "RUN hostname");
    }

    private Path write(byte[] archive) throws IOException {
        return Files.write(folder.resolve("image.tar"), archive);
    }

    private static Image open(Path path, @Nullable String name, @Nullable String platform) throws IOException {
        Platform wanted = platform == null ? null : Platform.parse(platform);
        ImageRequest request = new ImageRequest(path.toString(), name, wanted, Limits.DEFAULT);
        for (ImageSource source : ImageSources.all()) {
            if (source.accepts(path)) {
                return source.open("", request);
            }
        }
        throw new AssertionError("no source for " + path);
    }

    private static void assertLayers(Image image, Stored stored) throws IOException {
        List<byte[]> expected = List.of(BASE, UPPER);
        assertThat(image.layers()).hasSize(2);
        for (Layer layer : image.layers()) {
            byte[] tar = expected.get(layer.index());
            assertThat(layer.diffId()).isEqualTo(Sha256.of(tar));
            Blob blob = Objects.requireNonNull(layer.blob());
            try (InputStream in = blob.open()) {
                byte[] bytes = in.readAllBytes();
                assertThat(bytes).hasSize((int) blob.size());
                if (stored == Stored.PLAIN) {
                    assertThat(bytes).isEqualTo(tar);
                }
                if (layer.digest() != null) {
                    assertThat(Sha256.of(bytes)).isEqualTo(layer.digest());
                }
            }
        }
        assertThat(image.layers().get(1).createdBy()).isEqualTo("RUN hostname");
        assertThat(image.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"plain", "gzip", "xz", "zstd"})
    void dockerArchiveCompressedAsAWhole(String compression) throws IOException {
        byte[] plain = image().dockerArchive("demo:1");
        byte[] stored = switch (compression) {
            case "gzip" -> ImageMaker.gzip(plain);
            case "xz" -> xz(plain);
            case "zstd" -> Zstd.compress(plain);
            default -> plain;
        };
        try (Image image = open(write(stored), null, null)) {
            assertThat(image.target().kind()).isEqualTo("docker-archive");
            assertThat(image.target().reference()).isEqualTo("demo:1");
            assertThat(image.target().imageId()).isEqualTo(Sha256.of(image().config()));
            assertLayers(image, Stored.PLAIN);
        }
    }

    /** Columns: the form that is there, the scheme that was asked for; what the error says. */
    @ParameterizedTest
    @CsvSource({
        "oci, docker-archive, is no Docker archive: it has no manifest.json; it is an OCI archive",
        "docker, oci-archive, is no OCI archive: it has no index.json; it is what 'docker save' writes",
        "none, docker-archive, neither manifest.json nor index.json",
        "none, oci-archive, neither manifest.json nor index.json",
        "none, '', neither manifest.json nor index.json",
    })
    void anArchiveOfTheOtherKindSaysWhatItIs(String form, String scheme, String said) throws IOException {
        Path file = write(
                switch (form) {
                    case "oci" -> ImageMaker.tar(image().ociLayout(Stored.PLAIN, "1.0"));
                    case "docker" -> image().dockerArchive("demo:1");
                    default -> BASE;
                });
        ImageRequest request = new ImageRequest(file.toString(), null, null, Limits.DEFAULT);
        assertThatThrownBy(() -> new ArchiveSource().open(scheme, request))
                .isInstanceOfSatisfying(LimpidException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NOT_AN_IMAGE);
                    assertThat(e.hint())
                            .contains(form.equals("none") ? "docker save" : "name it with " + form + "-archive:");
                })
                .hasMessageContaining(said);
    }

    /** Larger than what is kept in memory while a compressed archive is walked, and read in another order than stored. */
    @Test
    void layersOfACompressedArchiveInAnyOrder() throws IOException {
        byte[] large = new TarMaker().file("large", new byte[300_000]).bytes();
        byte[] larger = new TarMaker().file("larger", new byte[400_000]).bytes();
        byte[] archive = new ImageMaker().layer(large).layer(larger).dockerArchive("demo:1");
        try (Image image = open(write(ImageMaker.gzip(archive)), null, null)) {
            for (int index : new int[] {1, 0, 1}) {
                Blob blob = Objects.requireNonNull(image.layers().get(index).blob());
                try (InputStream in = blob.open()) {
                    assertThat(in.readAllBytes()).isEqualTo(index == 0 ? large : larger);
                }
            }
        }
    }

    @Test
    void linkedLayersOfADockerArchive() throws IOException {
        Map<String, byte[]> files = image().dockerFiles("demo:1", "");
        TarMaker tar = new TarMaker();
        tar.symbolicLink("1/layer.tar", "../moved.tar").hardLink("0/layer.tar", "kept.tar");
        files.forEach((name, bytes) -> tar.file(
                name.equals("1/layer.tar") ? "./moved.tar" : name.equals("0/layer.tar") ? "kept.tar" : name, bytes));
        try (Image image = open(write(tar.bytes()), null, null)) {
            assertLayers(image, Stored.PLAIN);
        }
    }

    @ParameterizedTest
    @EnumSource(Stored.class)
    void ociLayoutAsTarAndAsFolder(Stored stored) throws IOException {
        Map<String, byte[]> files = image().ociLayout(stored, "1.0");
        try (Image image = open(write(ImageMaker.tar(files)), null, null)) {
            assertThat(image.target().kind()).isEqualTo("oci-archive");
            assertLayers(image, stored);
        }
        try (Image image = open(unpacked(files), null, null)) {
            assertThat(image.target().kind()).isEqualTo("oci-dir");
            assertThat(image.target().manifestDigest()).isNotNull();
            assertLayers(image, stored);
        }
    }

    private Path unpacked(Map<String, byte[]> files) throws IOException {
        Path layout = folder.resolve("layout");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = layout.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return layout;
    }

    @Test
    void oneOfSeveralImages() throws IOException {
        Map<String, ImageMaker> images = new LinkedHashMap<>();
        images.put("one:1", new ImageMaker().layer(BASE));
        images.put("two:latest", image());
        Path file = write(ImageMaker.dockerArchive(images));
        assertFails(file, null, null, ErrorCode.AMBIGUOUS, "one:1, two:latest");
        assertFails(file, "three", null, ErrorCode.NOT_FOUND, "one:1, two:latest");
        for (String name : List.of(
                "two",
                "docker.io/library/two:latest",
                Sha256.of(image().config()).toString())) {
            try (Image image = open(file, name, null)) {
                assertLayers(image, Stored.PLAIN);
            }
        }
    }

    @Test
    void oneOfSeveralOciImages() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String one = new ImageMaker().layer(BASE).ociDescriptor(Stored.PLAIN, "one", "", files);
        String two = image().ociDescriptor(Stored.PLAIN, "two", "", files);
        Path file = write(ImageMaker.tar(ImageMaker.withIndex(files, List.of(one, two))));
        assertFails(file, null, null, ErrorCode.AMBIGUOUS, "one, two");
        try (Image image = open(file, "two", null)) {
            assertLayers(image, Stored.PLAIN);
        }
    }

    /** A nested index with an attestation manifest, as BuildKit writes it. */
    private Path platforms(String... platforms) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<String> descriptors = new ArrayList<>();
        for (String platform : platforms) {
            String architecture = platform.split("/", -1)[1];
            descriptors.add(image().architecture(architecture).ociDescriptor(Stored.GZIP, "", platform, files));
        }
        byte[] attestation = ImageMaker.put(files, "{\"schemaVersion\":2,\"layers\":[]}".getBytes(UTF_8));
        descriptors.add(ImageMaker.descriptor(
                "application/vnd.oci.image.manifest.v1+json",
                attestation,
                ",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}"));
        String index = ImageMaker.ociIndex(descriptors, "demo:1", files);
        return write(ImageMaker.tar(ImageMaker.withIndex(files, List.of(index))));
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "linux/arm64, linux/arm64",
        "linux/arm64/v8, linux/arm64",
        "arm64, linux/arm64",
        "linux/arm/v7, linux/arm",
        "linux/arm/v6, linux/arm",
    })
    void platformOfANestedIndex(String asked, String found) throws IOException {
        try (Image image = open(platforms("linux/amd64", "linux/arm64", "linux/arm/v6"), null, asked)) {
            assertThat(image.target().reference()).isEqualTo("demo:1");
            assertThat(image.target().platform()).hasToString(found);
            assertLayers(image, Stored.GZIP);
        }
    }

    @Test
    void platformThatIsNotThere() throws IOException {
        Path file = platforms("linux/riscv64", "linux/s390x");
        assertFails(file, null, null, ErrorCode.AMBIGUOUS, "linux/riscv64, linux/s390x");
        assertFails(file, null, "linux/arm/v5", ErrorCode.AMBIGUOUS, "linux/riscv64, linux/s390x");
        // One image alone is taken, whatever it runs on, unless another was asked for.
        Path lone = write(ImageMaker.tar(image().architecture("s390x").ociLayout(Stored.PLAIN, "1")));
        try (Image image = open(lone, null, null)) {
            assertThat(image.target().platform()).hasToString("linux/s390x");
        }
        assertFails(lone, null, "linux/amd64", ErrorCode.NOT_FOUND, "linux/s390x");
    }

    @Test
    void damagedDocumentsAreRefused() throws IOException {
        Map<String, byte[]> files = image().ociLayout(Stored.PLAIN, "1.0");
        for (String name : List.copyOf(files.keySet())) {
            byte[] bytes = Objects.requireNonNull(files.get(name));
            if (name.startsWith("blobs/") && bytes.length < 2000) {
                Map<String, byte[]> broken = new LinkedHashMap<>(files);
                byte[] changed = bytes.clone();
                changed[changed.length / 2] ^= 1;
                broken.put(name, changed);
                assertFails(write(ImageMaker.tar(broken)), null, null, ErrorCode.BROKEN_IMAGE, "digest");
            }
            if (name.startsWith("blobs/")) {
                Map<String, byte[]> missing = new LinkedHashMap<>(files);
                missing.remove(name);
                assertFails(write(ImageMaker.tar(missing)), null, null, ErrorCode.BROKEN_IMAGE, name.substring(13));
                Map<String, byte[]> shorter = new LinkedHashMap<>(files);
                shorter.put(name, Arrays.copyOf(bytes, bytes.length - 1));
                assertFails(
                        write(ImageMaker.tar(shorter)),
                        null,
                        null,
                        ErrorCode.BROKEN_IMAGE,
                        "bytes, its descriptor says");
            }
        }
    }

    @Test
    void anArchiveCutAnywhereIsRefused() throws IOException {
        byte[] archive = image().dockerArchive("demo:1");
        // Without padding and end marker behind the last content it is whole, as it is for Go's reader.
        int whole = archive.length;
        while (archive[whole - 1] == 0) {
            whole--;
        }
        for (int length = 0; length < whole; length += 100) {
            Path file = write(Arrays.copyOf(archive, length));
            assertThatThrownBy(() -> open(file, null, null).close()).isInstanceOf(LimpidException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | lists no image",
                "{} | is not what 'docker save' writes",
                "[{\"Config\":\"../../etc/passwd\",\"Layers\":[]}] | ../../etc/passwd is missing",
                "[{\"Config\":7}] | expected a string",
                "[{\"Config\":\"manifest.json\",\"Layers\":[\"x\"]}] | manifest.json is no JSON object",
            })
    void oddManifests(String manifest, String said) throws IOException {
        Path file = write(new TarMaker().file("manifest.json", manifest).bytes());
        assertFails(file, null, null, ErrorCode.BROKEN_IMAGE, said);
    }

    @Test
    void schemaOneIsRefusedWithItsReason() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] manifest = "{\"schemaVersion\":1,\"fsLayers\":[],\"history\":[]}".getBytes(UTF_8);
        String descriptor = ImageMaker.descriptor(
                "application/vnd.docker.distribution.manifest.v1+json", ImageMaker.put(files, manifest), "");
        Path file = write(ImageMaker.tar(ImageMaker.withIndex(files, List.of(descriptor))));
        assertFails(file, null, null, ErrorCode.NOT_AN_IMAGE, "schema 1");
    }

    private static void assertFails(
            Path file, @Nullable String name, @Nullable String platform, ErrorCode code, String said) {
        assertThatThrownBy(() -> open(file, name, platform).close())
                .isInstanceOfSatisfying(
                        LimpidException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(said);
    }

    private static byte[] xz(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(1))) {
            xz.write(bytes);
        }
        return out.toByteArray();
    }
}
