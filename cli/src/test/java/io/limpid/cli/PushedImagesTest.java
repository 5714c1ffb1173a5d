package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.image.Sha256;
import io.limpid.testing.FakeRegistry;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an image looks like and wherever it is, each layer arrives once, the base first, by the name that it has over those below. */
class PushedImagesTest {
    private static final byte[] SYSTEM = tar("ID=debian\n");
    private static final byte[] OTHER = tar("ID=alpine\n");
    private static final byte[] EMPTY = new TarMaker().bytes();

    @TempDir
    private Path folder;

    private ClairServer clair;

    private static byte[] tar(String release) {
        return new TarMaker().file("etc/os-release", release).bytes();
    }

    @BeforeEach
    void start() throws IOException {
        clair = new ClairServer("127.0.0.1");
    }

    @AfterEach
    void stop() {
        clair.close();
    }

    static Stream<List<byte[]>> images() {
        return Stream.of(
                List.of(SYSTEM),
                List.of(EMPTY),
                List.of(SYSTEM, EMPTY, OTHER, SYSTEM, SYSTEM, EMPTY),
                Collections.nCopies(100, SYSTEM),
                IntStream.range(0, 100).mapToObj(i -> tar("ID=" + i)).toList());
    }

    private static ImageMaker image(List<byte[]> layers) {
        ImageMaker image = new ImageMaker();
        layers.forEach(image::layer);
        return image;
    }

    /** As the OCI image specification computes them. */
    private static List<String> names(List<byte[]> layers) {
        List<String> names = new ArrayList<>();
        for (byte[] layer : layers) {
            String own = Sha256.of(layer).toString();
            String chained = names.isEmpty()
                    ? own
                    : Sha256.of(("sha256:" + names.getLast() + " " + own).getBytes(StandardCharsets.US_ASCII))
                            .toString();
            names.add(chained.substring("sha256:".length()));
        }
        return names;
    }

    private void push(String image, List<byte[]> layers) {
        TestConsole console = TestConsole.with("");
        assertThat(console.run("push", "--endpoint", clair.url(), image))
                .as(console.err())
                .isZero();
        assertThat(console.err()).isEmpty();
        List<String> names = names(layers);
        assertThat(clair.posts).extracting(ClairServer.Posted::name).isEqualTo(names);
        List<String> parents = new ArrayList<>(names);
        parents.addFirst("");
        parents.removeLast();
        assertThat(clair.posts).extracting(ClairServer.Posted::parent).isEqualTo(parents);
        for (int i = 0; i < layers.size(); i++) {
            assertThat(clair.posts.get(i).fetched().body()).isEqualTo(layers.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void ofAnArchive(List<byte[]> layers) throws IOException {
        Path archive = Files.write(folder.resolve("image.tar"), image(layers).dockerArchive("a:1"));
        push(archive.toString(), layers);
    }

    @Test
    void ofARegistry() throws IOException {
        List<byte[]> layers = List.of(SYSTEM, EMPTY, OTHER, SYSTEM);
        Map<String, byte[]> layout = image(layers).ociLayout(ImageMaker.Stored.PLAIN, "1");
        String index = new String(layout.get("index.json"), StandardCharsets.UTF_8);
        String digest = index.replaceFirst("(?s).*?sha256:([0-9a-f]{64}).*", "$1");
        try (FakeRegistry registry = FakeRegistry.of(FaultServer.start(), layout)
                .tag("1", Objects.requireNonNull(layout.get("blobs/sha256/" + digest)))) {
            push("registry:" + registry.name("1"), layers);
        }
    }
}
