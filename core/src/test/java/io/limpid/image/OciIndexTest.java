package io.limpid.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Platform;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.ImageMaker.Stored;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No image of an index is hidden: by its annotations, by its second name, or by another for the same platform. */
class OciIndexTest {
    private static final ImageMaker CLEAN =
            new ImageMaker().layer(new TarMaker().file("clean", "").bytes());
    private static final ImageMaker VULNERABLE =
            new ImageMaker().layer(new TarMaker().file("vulnerable", "").bytes());
    private static final String ATTESTATION = "\"vnd.docker.reference.type\":\"attestation-manifest\"";

    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** A descriptor of the image without the closing brace's extras: they are given here. */
    private String listed(ImageMaker image, String extras) {
        String plain = image.ociDescriptor(Stored.PLAIN, "", "", files);
        return plain.substring(0, plain.length() - 1) + extras + "}";
    }

    private static String platform(String os, String architecture) {
        return ",\"platform\":{\"os\":\"" + os + "\",\"architecture\":\"" + architecture + "\"}";
    }

    private static String annotations(String... members) {
        return ",\"annotations\":{" + String.join(",", members) + "}";
    }

    private static String name(String name) {
        return "\"org.opencontainers.image.ref.name\":\"" + name + "\"";
    }

    private Image open(List<String> index, @Nullable String image, @Nullable String platform) throws IOException {
        Path file = Files.write(folder.resolve("oci.tar"), ImageMaker.tar(ImageMaker.withIndex(files, index)));
        Platform asked = platform == null ? null : Platform.parse(platform);
        return new ArchiveSource().open("", new ImageRequest(file.toString(), image, asked, Limits.DEFAULT));
    }

    private void assertOpens(ImageMaker expected, List<String> index, @Nullable String image, @Nullable String platform)
            throws IOException {
        try (Image opened = open(index, image, platform)) {
            assertThat(opened.target().imageId()).isEqualTo(Sha256.of(expected.config()));
        }
    }

    private void assertFails(List<String> index, @Nullable String image, ErrorCode code, String said) {
        assertThatThrownBy(() -> open(index, image, "linux/amd64").close())
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(said);
    }

    @Test
    void anAttestationIsNoImage() throws IOException {
        String image = listed(CLEAN, platform("linux", "amd64"));
        for (String extras : List.of(
                platform("unknown", "unknown"),
                platform("unknown", "unknown") + annotations(ATTESTATION),
                annotations(ATTESTATION))) {
            assertOpens(CLEAN, List.of(listed(VULNERABLE, extras), image), null, null);
            assertFails(List.of(listed(VULNERABLE, extras)), null, ErrorCode.BROKEN_IMAGE, "lists no image");
        }
    }

    /** What runs is an image, whatever it is annotated with. */
    @Test
    void anImageThatIsAnnotatedAsAnAttestation() throws IOException {
        String amd64 = platform("linux", "amd64");
        String clean = listed(CLEAN, amd64);
        String annotated = listed(VULNERABLE, amd64 + annotations(ATTESTATION));
        assertFails(List.of(annotated, clean), null, ErrorCode.AMBIGUOUS, "2 images for linux/amd64");
        assertOpens(VULNERABLE, List.of(annotated), null, "amd64");
        String named = listed(VULNERABLE, platform("unknown", "unknown") + annotations(name("x"), ATTESTATION));
        assertFails(List.of(named, clean), null, ErrorCode.AMBIGUOUS, "holds 2 images");
        assertOpens(VULNERABLE, List.of(named, clean), "x", null);
    }

    @Test
    void twoNamesOfOneImage() throws IOException {
        String one = listed(VULNERABLE, annotations(name("one")));
        String two = listed(VULNERABLE, annotations(name("two")));
        String other = listed(CLEAN, annotations(name("other")));
        List<String> index = List.of(one, other, two, two);
        assertOpens(VULNERABLE, index, "one", null);
        assertOpens(VULNERABLE, index, "two", "amd64");
        assertOpens(CLEAN, index, "other", null);
        try (Image image = open(index, "two", null)) {
            assertThat(image.target().reference()).isEqualTo("two");
        }
        assertFails(index, "three", ErrorCode.NOT_FOUND, "it holds one, other");
    }

    @Test
    void twoNamesOfOneIndex() throws IOException {
        String image = listed(VULNERABLE, platform("linux", "amd64"));
        String one = ImageMaker.ociIndex(List.of(image), "one", files);
        String two = ImageMaker.ociIndex(List.of(image), "two", files);
        String outer = ImageMaker.ociIndex(List.of(ImageMaker.ociIndex(List.of(image), "", files)), "three", files);
        for (String name : List.of("one", "two", "three")) {
            assertOpens(VULNERABLE, List.of(one, two, outer, image), name, null);
        }
    }

    /** Each index is visited once a name: that must not grow without end. */
    @Test
    void indexesOfIndexesAreBounded() {
        List<String> index = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            index.add(listed(CLEAN, platform("linux", "amd64") + annotations(name("image" + i))));
        }
        String inner = ImageMaker.ociIndex(index, "", files);
        List<String> outer = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            outer.add(inner);
        }
        assertFails(outer, "x", ErrorCode.LIMIT, "its indexes list more than 200000 images");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name"})
    void twoForOnePlatform(String name) throws IOException {
        String extras = platform("linux", "amd64") + (name.isEmpty() ? "" : annotations(name(name)));
        List<String> index = List.of(listed(CLEAN, extras), listed(VULNERABLE, extras));
        assertFails(index, null, ErrorCode.AMBIGUOUS, "2 images for linux/amd64");
        String digest = VULNERABLE.ociDescriptor(Stored.PLAIN, "", "", files).replaceAll(".*(sha256:\\w+).*", "$1");
        assertOpens(VULNERABLE, index, digest, null);
        // As Windows images are, which differ in the version of the system.
        String windows = extras.replace("linux", "windows");
        String arm = listed(new ImageMaker().architecture("arm64").layer(new byte[1024]), extras.replace("amd", "arm"));
        assertOpens(
                VULNERABLE,
                List.of(listed(CLEAN, windows), arm, listed(VULNERABLE, extras), listed(CLEAN, windows)),
                null,
                "amd64");
    }

    /** Of an image that an index does not give a platform the configuration tells it, as containerd reads it. */
    @ParameterizedTest
    @CsvSource({"amd64, AMBIGUOUS, 2 images for linux/amd64", "arm64, ,"})
    void aPlatformThatOnlyTheConfigurationTells(String architecture, @Nullable ErrorCode code, @Nullable String said)
            throws IOException {
        ImageMaker silent = new ImageMaker().architecture(architecture).layer(new byte[1024]);
        String index = ImageMaker.ociIndex(
                List.of(listed(silent, ""), listed(CLEAN, platform("linux", "amd64"))), "demo", files);
        if (code == null || said == null) {
            assertOpens(CLEAN, List.of(index), null, "amd64");
            assertOpens(silent, List.of(index), null, "arm64");
        } else {
            assertFails(List.of(index), null, code, said);
        }
    }

    @Test
    void imagesWithoutNameAndPlatformAreSeveral() {
        List<String> index = List.of(listed(CLEAN, ""), listed(new ImageMaker().architecture("arm64"), ""));
        assertFails(index, null, ErrorCode.AMBIGUOUS, "holds 2 images");
    }

    /** Manifests of artifacts beside an image: a signature with an empty configuration. */
    @Test
    void artifactsBesideAnImage() throws IOException {
        byte[] empty = ImageMaker.put(files, "{}".getBytes(UTF_8));
        byte[] signature = ImageMaker.put(
                files,
                ("{\"schemaVersion\":2,\"config\":"
                                + ImageMaker.descriptor("application/vnd.oci.empty.v1+json", empty, "")
                                + ",\"layers\":[]}")
                        .getBytes(UTF_8));
        String artifact = ImageMaker.descriptor("application/vnd.oci.image.manifest.v1+json", signature, "");
        List<String> index = List.of(listed(CLEAN, annotations(name("one"))), artifact);
        assertOpens(CLEAN, index, "one", null);
        assertFails(index, null, ErrorCode.AMBIGUOUS, "holds 2 images");
    }
}
