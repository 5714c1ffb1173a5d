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
import java.io.ByteArrayInputStream;
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

/** Archives of a Docker that wrote no manifest: the layers are told by their history. */
class DockerHistoryTest {
    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private DockerHistoryTest file(String name, String text) {
        files.put(name, text.getBytes(UTF_8));
        return this;
    }

    private DockerHistoryTest layer(String id, @Nullable String parent) {
        files.put(id + "/layer.tar", new TarMaker().file(id, "").bytes());
        return file(
                id + "/json",
                "{\"id\":\"" + id + "\",\"architecture\":\"amd64\",\"os\":\"linux\""
                        + (parent == null ? "}" : ",\"parent\":\"" + parent + "\"}"));
    }

    private Image open(@Nullable String image) throws IOException {
        Path file = Files.write(folder.resolve("saved.tar"), ImageMaker.tar(files));
        return new ArchiveSource().open("", new ImageRequest(file.toString(), image, null, Limits.DEFAULT));
    }

    private List<String> contents(Image image) throws IOException {
        List<String> contents = new ArrayList<>();
        for (Layer layer : image.layers()) {
            try (InputStream in = Objects.requireNonNull(layer.blob()).open()) {
                byte[] bytes = in.readAllBytes();
                files.forEach((name, file) -> {
                    if (name.endsWith("/layer.tar") && Arrays.equals(file, bytes)) {
                        contents.add(name.substring(0, name.indexOf('/')));
                    }
                });
            }
        }
        return contents;
    }

    @Test
    void theBaseIsWhatHasNoParent() throws IOException {
        layer("c3", "b2").layer("a1", null).layer("b2", "a1").file("repositories", "{\"app\":{\"1\":\"c3\"}}");
        try (Image image = open(null)) {
            assertThat(contents(image)).containsExactly("a1", "b2", "c3");
            assertThat(image.target().reference()).isEqualTo("app:1");
            assertThat(image.target().imageId()).isEqualTo(Sha256.of(Objects.requireNonNull(files.get("c3/json"))));
            assertThat(image.target().platform()).isEqualTo(Platform.parse("linux/amd64"));
            assertThat(image.problems()).isEmpty();
        }
        byte[] archive = ImageMaker.tar(files);
        ImageRequest request = new ImageRequest("-", null, null, Limits.DEFAULT);
        try (Image image = ArchiveSource.openStream("", new ByteArrayInputStream(archive), request)) {
            assertThat(contents(image)).containsExactly("a1", "b2", "c3");
        }
    }

    @Test
    void oneOfSeveral() throws IOException {
        layer("a1", null)
                .layer("b2", "a1")
                .file("repositories", "{\"app\":{\"1\":\"a1\",\"2\":\"b2\",\"latest\":\"b2\"}}");
        try (Image image = open("app")) {
            assertThat(contents(image)).containsExactly("a1", "b2");
        }
        try (Image image = open("app:1")) {
            assertThat(contents(image)).containsExactly("a1");
        }
        assertThatThrownBy(() -> open(null))
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AMBIGUOUS))
                .hasMessageContaining("app:1, app:2, app:latest");
        assertThatThrownBy(() -> open("app:3"))
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        []                      | {}                         | is no JSON object
        {}                      | {}                         | lists no image
        {"app":[]}              | {}                         | is not what 'docker save' writes
        {"app":{"1":7}}         | {}                         | an image whose id is no text
        {"app":{"1":"gone"}}    | {}                         | gone/json is missing
        {"app":{"1":"a1"}}      | {"parent":"a1"}            | (limit layers)
        {"app":{"1":"a1"}}      | {"parent":"gone"}          | gone/json is missing
        {"app":{"1":"a1"}}      | {"parent":7}               | a1/json is not what 'docker save' writes
        {"app":{"1":"a1"}}      | {"os":7}                   | a1/json is no image configuration
        {"app":{"1":"../a1"}}   | {}                         | ../a1/json is missing
        """)
    void brokenOnes(String repositories, String json, String reason) {
        layer("a1", null).file("a1/json", json).file("repositories", repositories);
        assertThatThrownBy(() -> open(null)).isInstanceOf(LimpidException.class).hasMessageContaining(reason);
    }

    @Test
    void aLayerThatIsMissing() {
        layer("a1", null).file("repositories", "{\"app\":{\"1\":\"a1\"}}");
        files.remove("a1/layer.tar");
        assertThatThrownBy(() -> open(null)).hasMessageContaining("layer 0, a1/layer.tar, is missing");
    }
}
