package io.limpid.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.facts.LayerScan;
import io.limpid.layer.LayerReader;
import io.limpid.model.ErrorCode;
import io.limpid.model.LayerFacts;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.SomeLimits;
import io.limpid.testing.TarMaker;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive that is compressed as a whole is inflated a few times, whatever the order of its layers, and never wrongly read. */
class CompressedArchiveTest {
    private static final int LAYERS = 12;
    /** More than is kept in memory of a file. */
    private static final int LARGE = 100_000;

    @TempDir
    Path folder;

    private final List<byte[]> layers = new ArrayList<>();

    /** {@code docker save} of layers that lie in the archive in another order than in the image; each is there twice. */
    private Path archive() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < LAYERS; i++) {
            byte[] content = new byte[LARGE];
            random.nextBytes(content);
            layers.add(new TarMaker().file("content", content).bytes());
        }
        ImageMaker image = new ImageMaker();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 2 * LAYERS; i++) {
            int which = i * 7 % LAYERS;
            image.layer(layers.get(which));
            names.add("\"layer" + which + ".tar\"");
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < LAYERS; i++) {
            files.put("layer" + i + ".tar", layers.get(i));
        }
        files.put("config.json", image.config());
        String manifest =
                "[{\"Config\":\"config.json\",\"RepoTags\":[\"x:1\"],\"Layers\":[" + String.join(",", names) + "]}]";
        files.put("manifest.json", manifest.getBytes(UTF_8));
        return Files.write(folder.resolve("saved.tar.gz"), ImageMaker.gzip(ImageMaker.tar(files)));
    }

    private static Image open(Path file, Limits limits) throws IOException {
        return new ArchiveSource().open("", new ImageRequest(file.toString(), null, null, limits));
    }

    private static byte[] bytes(Layer layer) throws IOException {
        try (InputStream in = Objects.requireNonNull(layer.blob()).open()) {
            return in.readAllBytes();
        }
    }

    /** Once to list it, once to read its layers. */
    @Test
    void layersInAnyOrderTakeTwoPasses() throws IOException {
        Path file = archive();
        Limits limits = SomeLimits.with(Map.of("archivePasses", 2));
        try (Image image = open(file, limits)) {
            List<LayerFacts> heard = new ArrayList<>();
            List<LayerFacts> facts =
                    new LayerScan(new LayerReader(limits, false), List.of()).facts(image, Set.of(), heard::add);
            assertThat(heard).hasSize(2 * LAYERS);
            for (int i = 0; i < facts.size(); i++) {
                assertThat(facts.get(i).diffId()).isEqualTo(Sha256.of(layers.get(i * 7 % LAYERS)));
                assertThat(facts.get(i).verified()).isTrue();
            }
            assertThat(image.inReadingOrder()).extracting(Layer::index).startsWith(0, 12, 7, 19);
        }
    }

    @Test
    void passesAreBounded() throws IOException {
        try (Image image = open(archive(), SomeLimits.with(Map.of("archivePasses", 5)))) {
            // One was for the list of its files.
            for (int pass = 0; pass < 4; pass++) {
                assertThat(bytes(image.layers().get(2))).hasSizeGreaterThan(LARGE);
            }
            assertThatThrownBy(() -> bytes(image.layers().get(0)))
                    .isInstanceOfSatisfying(LimpidException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.LIMIT);
                        assertThat(e.hint()).contains("decompress it");
                    })
                    .hasMessageContaining("inflated 5 times already");
        }
    }

    /** Where a failure came is not where reading goes on. */
    @Test
    void readingGoesOnRightAfterAFailure() throws IOException {
        Path file = archive();
        byte[] whole = Files.readAllBytes(file);
        try (Image image = open(file, Limits.DEFAULT)) {
            List<Layer> inOrder = image.inReadingOrder();
            assertThat(bytes(inOrder.get(2))).isEqualTo(layers.get(1));
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> bytes(inOrder.getLast())).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> readInTheMiddle(inOrder.get(LAYERS))).isInstanceOf(IOException.class);
            Files.write(file, whole);
            assertThat(bytes(inOrder.getLast())).isEqualTo(layers.getLast());
            assertThat(bytes(inOrder.getFirst())).isEqualTo(layers.getFirst());
        }
    }

    /** A stream that failed fails again, and does not give bytes of another place. */
    private static void readInTheMiddle(Layer layer) throws IOException {
        try (InputStream in = Objects.requireNonNull(layer.blob()).open()) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
            in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbolic", "hard", "name"})
    void longNamesAreRefused(String what) throws IOException {
        String name = "x".repeat(5000);
        TarMaker tar = new TarMaker();
        switch (what) {
            case "symbolic" -> tar.symbolicLink("link", name);
            case "hard" -> tar.hardLink("link", name);
            default -> tar.file(name, "");
        }
        Path file = Files.write(folder.resolve("names.tar"), tar.bytes());
        assertTooLong(file);
    }

    private static void assertTooLong(Path file) {
        assertThatThrownBy(() -> open(file, Limits.DEFAULT))
                .isInstanceOfSatisfying(
                        LimpidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BROKEN_IMAGE))
                .hasMessageContaining("too long");
    }

    @Test
    void manyNamesAreRefused() throws IOException {
        byte[] one = new TarMaker().file("x".repeat(4000), "").bytes();
        int length = one.length;
        while (one[length - 1] == 0) {
            length--;
        }
        int entry = (length + 511) / 512 * 512;
        Path file = folder.resolve("names.tar.gz");
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (int i = 0; i < 20_000; i++) {
                out.write(one, 0, entry);
            }
        }
        assertTooLong(file);
    }
}
