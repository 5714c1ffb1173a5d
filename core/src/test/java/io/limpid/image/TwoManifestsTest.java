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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An archive with Docker's manifest and an OCI index, as Docker 25 and newer write it, says the same in both or is refused. */
class TwoManifestsTest {
    private static final byte[] LAYER = new TarMaker().file("clean", "").bytes();
    private static final byte[] OTHER_LAYER =
            new TarMaker().file("vulnerable", "").bytes();
    private static final ImageMaker CLEAN = new ImageMaker().layer(LAYER);
    private static final ImageMaker VULNERABLE = new ImageMaker().layer(OTHER_LAYER);
    private static final ImageMaker ARM = new ImageMaker().architecture("arm64").layer(OTHER_LAYER);

    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** An image of a manifest, its names separated by spaces. */
    record Named(ImageMaker image, String names) {
        List<String> each() {
            return List.of(names.split(" ", -1));
        }
    }

    private static Named clean(String names) {
        return new Named(CLEAN, names);
    }

    private static Named vulnerable(String names) {
        return new Named(VULNERABLE, names);
    }

    private static Named arm(String names) {
        return new Named(ARM, names);
    }

    private static String entry(Named image) {
        String layer = image.image == CLEAN ? blob(LAYER) : blob(OTHER_LAYER);
        String tags = image.each().stream()
                .filter(name -> !name.isEmpty())
                .map(TwoManifestsTest::quoted)
                .collect(Collectors.joining(","));
        return "{\"Config\":" + blob(image.image.config()) + ",\"RepoTags\":[" + tags + "],\"Layers\":[" + layer + "]}";
    }

    private static String blob(byte[] content) {
        return quoted("blobs/sha256/" + Sha256.of(content).hex());
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private Path archive(List<Named> manifest, List<Named> index) throws IOException {
        manifest.forEach(named -> named.image.ociDescriptor(Stored.PLAIN, "", "", files));
        List<String> descriptors = index.stream()
                .flatMap(image ->
                        image.each().stream().map(name -> image.image.ociDescriptor(Stored.PLAIN, name, "", files)))
                .toList();
        ImageMaker.withIndex(files, descriptors);
        return write(manifest);
    }

    private Path write(List<Named> manifest) throws IOException {
        String entries = manifest.stream().map(TwoManifestsTest::entry).collect(Collectors.joining(","));
        files.put("manifest.json", ("[" + entries + "]").getBytes(UTF_8));
        return Files.write(folder.resolve("saved.tar"), ImageMaker.tar(files));
    }

    private static Image open(String scheme, Path file, @Nullable String image, @Nullable String platform)
            throws IOException {
        Platform asked = platform == null ? null : Platform.parse(platform);
        return new ArchiveSource().open(scheme, new ImageRequest(file.toString(), image, asked, Limits.DEFAULT));
    }

    static Stream<Arguments> consistent() {
        return Stream.of(
                Arguments.of("one image", List.of(clean("x:1")), List.of(clean("docker.io/library/x:1")), null),
                Arguments.of("its tag alone", List.of(clean("x:latest")), List.of(clean("latest")), null),
                Arguments.of("no name", List.of(clean("")), List.of(clean("")), null),
                Arguments.of("two names", List.of(clean("x:1 y:1")), List.of(clean("x:1 y:1")), null),
                Arguments.of("two images", List.of(clean("x:1"), vulnerable("y:1")), both(), "x:1"),
                Arguments.of("for another platform", List.of(clean("x:1")), List.of(arm("x:1"), clean("x:1")), null));
    }

    private static List<Named> both() {
        return List.of(clean("x:1"), vulnerable("y:1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void consistent(String name, List<Named> manifest, List<Named> index, @Nullable String image) throws IOException {
        Path file = archive(manifest, index);
        for (String scheme : List.of("", "docker-archive", "oci-archive")) {
            try (Image opened = open(scheme, file, image, index.size() > 1 ? "amd64" : null)) {
                assertThat(opened.target().imageId()).as(scheme).isEqualTo(Sha256.of(CLEAN.config()));
                assertThat(opened.problems()).isEmpty();
            }
        }
    }

    private static final String CONTRADICT = "its two manifests contradict each other";
    private static final String SEVERAL = "holds several images: its two manifests list ";

    static Stream<Arguments> contradictory() {
        return Stream.of(
                Arguments.of("", List.of(clean("x:1")), List.of(vulnerable("docker.io/library/x:1")), null, CONTRADICT),
                Arguments.of("oci-archive", List.of(vulnerable("x:1")), List.of(clean("x:1")), null, CONTRADICT),
                Arguments.of("", List.of(clean("x:1")), List.of(vulnerable("x:1"), clean("y:1")), null, CONTRADICT),
                Arguments.of("", List.of(clean("x:1")), List.of(vulnerable("x:1"), clean("y:1")), "x:1", CONTRADICT),
                Arguments.of(
                        "", List.of(clean("x:1 y:1")), List.of(clean("x:1"), vulnerable("y:1")), "x:1", CONTRADICT),
                Arguments.of("", List.of(clean("x:1")), List.of(arm("x:1")), null, "is not in index.json"),
                Arguments.of("", List.of(clean("x:1")), List.of(vulnerable("y:1")), "x:1", "is not in index.json"),
                Arguments.of("", List.of(clean("x:1")), both(), null, SEVERAL + "x:1 and, in index.json, y:1"),
                Arguments.of("", List.of(clean("")), List.of(clean(""), vulnerable("")), null, SEVERAL),
                Arguments.of("oci-archive", both(), List.of(clean("x:1")), null, SEVERAL),
                Arguments.of("oci-archive", List.of(vulnerable("")), List.of(clean("")), null, SEVERAL));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource
    void contradictory(String scheme, List<Named> manifest, List<Named> index, @Nullable String image, String said)
            throws IOException {
        Path file = archive(manifest, index);
        ErrorCode code = said.startsWith(SEVERAL) ? ErrorCode.AMBIGUOUS : ErrorCode.BROKEN_IMAGE;
        assertThatThrownBy(() -> open(scheme, file, image, null).close())
                .isInstanceOfSatisfying(
                        LimpidException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(said);
    }

    /** As containerd's image store saves an image: the index has all platforms, Docker's manifest this machine's. */
    @Test
    void anIndexForSeveralPlatforms() throws IOException {
        String amd64 = CLEAN.ociDescriptor(Stored.PLAIN, "", "linux/amd64", files);
        String arm64 = ARM.ociDescriptor(Stored.PLAIN, "", "linux/arm64", files);
        String absent = ImageMaker.descriptor(
                "application/vnd.oci.image.manifest.v1+json",
                new byte[7],
                ",\"platform\":{\"os\":\"linux\",\"architecture\":\"s390x\"}");
        ImageMaker.withIndex(
                files, List.of(ImageMaker.ociIndex(List.of(absent, amd64, arm64), "docker.io/library/x:1", files)));
        Path file = write(List.of(clean("x:1")));
        try (Image image = open("", file, null, null)) {
            assertThat(image.target().imageId()).isEqualTo(Sha256.of(CLEAN.config()));
        }
        try (Image image = open("oci-archive", file, null, "arm64")) {
            assertThat(image.target().imageId()).isEqualTo(Sha256.of(ARM.config()));
        }
    }

    /** What is no container image is in no {@code manifest.json}. */
    @Test
    void anArtifactInTheIndex() throws IOException {
        byte[] empty = ImageMaker.put(files, "{}".getBytes(UTF_8));
        String config = ImageMaker.descriptor("application/vnd.oci.empty.v1+json", empty, "");
        byte[] signature = ImageMaker.put(files, ("{\"config\":" + config + ",\"layers\":[]}").getBytes(UTF_8));
        String artifact = ImageMaker.descriptor("application/vnd.oci.image.manifest.v1+json", signature, "");
        String image = CLEAN.ociDescriptor(Stored.PLAIN, "x:1", "", files);
        ImageMaker.withIndex(files, List.of(image, artifact));
        try (Image opened = open("", write(List.of(clean("x:1"))), null, null)) {
            assertThat(opened.target().imageId()).isEqualTo(Sha256.of(CLEAN.config()));
        }
    }
}
