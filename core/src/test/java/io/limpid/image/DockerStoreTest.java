package io.limpid.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.layer.LayerContents;
import io.limpid.layer.LayerReader;
import io.limpid.layer.PathQuery;
import io.limpid.model.Digest;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import io.limpid.testing.TarSplit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker's folders, made by hand: what is in them is believed as far as bytes show it. */
class DockerStoreTest {
    private static final PathQuery QUERY = PathQuery.ofFiles(List.of("etc/os-release", "lib/wanted"));
    private static final byte[] BASE = new TarMaker()
            .directory("usr/lib")
            .symbolicLink("lib", "/usr/lib")
            .symbolicLink("round", "round")
            .file("etc/os-release", "ID=debian\n")
            .file("lib/wanted", "wanted")
            .file("srv/unwanted", "unwanted")
            .bytes();
    private static final byte[] UPPER =
            new TarMaker().whiteout("etc/os-release").file("srv/more", "more").bytes();
    private static final ImageMaker IMAGE = new ImageMaker().layer(BASE).layer(UPPER);

    @TempDir
    Path temporary;

    private final List<Digest> diffIds = new ArrayList<>(List.of(Sha256.of(BASE), Sha256.of(UPPER)));
    private final List<Path> folders = new ArrayList<>();

    private static String id() {
        return Sha256.of(IMAGE.config()).hex();
    }

    private Path data() {
        return temporary.resolve("data");
    }

    private Path known(int layer) {
        Digest chain =
                layer == 0 ? diffIds.getFirst() : Sha256.of((Sha256.of(BASE) + " " + Sha256.of(UPPER)).getBytes(UTF_8));
        return data().resolve("image/overlay2/layerdb/sha256").resolve(chain.hex());
    }

    private Path unpacked(int layer) {
        return data().resolve("overlay2").resolve(("" + layer).repeat(64));
    }

    private void make() throws IOException {
        Path configs = Files.createDirectories(data().resolve("image/overlay2/imagedb/content/sha256"));
        Files.write(configs.resolve(id()), IMAGE.config());
        byte[][] tars = {BASE, UPPER};
        for (int layer = 0; layer < tars.length; layer++) {
            Path known = Files.createDirectories(known(layer));
            Files.writeString(
                    known.resolve("cache-id"), unpacked(layer).getFileName().toString());
            Files.writeString(known.resolve("diff"), diffIds.get(layer).toString());
            Files.write(known.resolve("tar-split.json.gz"), ImageMaker.gzip(TarSplit.of(tars[layer])));
            folders.add(Files.createDirectories(unpacked(layer).resolve("diff")));
        }
        Path diff = folders.getFirst();
        Files.createDirectories(diff.resolve("usr/lib"));
        Files.createDirectories(diff.resolve("etc"));
        Files.createDirectories(diff.resolve("srv"));
        Files.createSymbolicLink(diff.resolve("lib"), Path.of("/usr/lib"));
        Files.writeString(diff.resolve("etc/os-release"), "ID=debian\n");
        Files.writeString(diff.resolve("usr/lib/wanted"), "wanted");
        Files.writeString(diff.resolve("srv/unwanted"), "unwanted");
        Files.createDirectories(folders.getLast().resolve("srv"));
        Files.writeString(folders.getLast().resolve("srv/more"), "more");
    }

    private Image open(boolean addressed) throws IOException {
        return DockerStore.open(
                id(), diffIds, folders, addressed, "a:1", new ImageRequest("a:1", null, null, Limits.DEFAULT));
    }

    private static Blob blob(Image image, int layer) {
        return Objects.requireNonNull(image.layers().get(layer).blob());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theVeryTars(boolean addressed) throws IOException {
        make();
        try (Image image = open(addressed)) {
            assertThat(image.target().imageId()).isEqualTo(new Digest(id()));
            byte[][] tars = {BASE, UPPER};
            for (int layer = 0; layer < tars.length; layer++) {
                assertThat(image.layers().get(layer).size()).isEqualTo(tars[layer].length);
                assertThat(image.layers().get(layer).digest()).isEqualTo(addressed ? diffIds.get(layer) : null);
                try (InputStream in = blob(image, layer).open()) {
                    assertThat(in.readAllBytes()).isEqualTo(tars[layer]);
                }
                LayerContents contents = new LayerReader(Limits.DEFAULT, false)
                        .read(image.layers().get(layer), QUERY);
                assertThat(contents.diffId()).isEqualTo(diffIds.get(layer));
                assertThat(contents.problems()).isEmpty();
            }
        }
    }

    @Test
    void whatIsSkippedIsNotOpened() throws IOException {
        make();
        Files.delete(folders.getFirst().resolve("srv/unwanted"));
        try (Image image = open(false);
                InputStream in = blob(image, 0).open()) {
            assertThat(in.skip(Long.MAX_VALUE)).isEqualTo(BASE.length);
            assertThat(in.read()).isNegative();
        }
    }

    /** Columns: how the file of a layer was changed; what is said. */
    @ParameterizedTest
    @CsvSource({
        "other, its checksum is not the one that Docker keeps",
        "longer, it has 9 bytes",
        "gone, os-release",
        "link, it is no regular file",
        "pipe, it is no regular file",
        "folder-link, os-release",
    })
    @Timeout(60)
    void aChangedFileIsNotBelieved(String how, String said) throws IOException, InterruptedException {
        make();
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("os-release"), "ID=debian\n");
        Path file = folders.getFirst().resolve("etc/os-release");
        switch (how) {
            case "other" -> Files.writeString(file, "ID=alpine\n");
            case "longer" -> Files.writeString(file, "ID=debian\n".repeat(2).substring(0, 9));
            case "gone" -> Files.delete(file);
            case "link" -> {
                Files.delete(file);
                Files.createSymbolicLink(file, outside.resolve("os-release"));
            }
            case "pipe" -> {
                Files.delete(file);
                new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
            }
            default -> {
                Files.delete(file);
                Files.delete(file.getParent());
                Files.createSymbolicLink(file.getParent(), outside);
            }
        }
        try (Image image = open(false)) {
            assertThatThrownBy(() -> new LayerReader(Limits.DEFAULT, false)
                            .read(image.layers().getFirst(), QUERY))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("what the Docker daemon keeps of the image cannot be read")
                    .hasMessageContaining("etc/os-release")
                    .hasMessageContaining(said);
        }
    }

    /** Where it is not what Docker keeps, the daemon is asked for an export. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "config",
                "no-config",
                "description",
                "no-description",
                "cache-id",
                "diff",
                "order",
                "count",
                "elsewhere",
                "linked",
            })
    void whatIsNotAsExpectedIsNotOpened(String what) throws IOException {
        make();
        open(false).close();
        Path config = data().resolve("image/overlay2/imagedb/content/sha256").resolve(id());
        Path description = known(1).resolve("tar-split.json.gz");
        switch (what) {
            case "config" -> Files.writeString(config, Files.readString(config) + " ");
            case "no-config" -> Files.delete(config);
            case "description" -> {
                byte[] bytes = Files.readAllBytes(description);
                Files.write(description, Arrays.copyOf(bytes, bytes.length - 20));
            }
            case "no-description" -> Files.delete(description);
            case "cache-id" -> Files.writeString(known(1).resolve("cache-id"), "0".repeat(64));
            case "diff" ->
                Files.writeString(known(1).resolve("diff"), diffIds.getFirst().toString());
            case "order" -> folders.add(folders.removeFirst());
            case "count" -> folders.removeLast();
            case "elsewhere" ->
                folders.replaceAll(folder -> temporary.resolve("other").resolve(data().relativize(folder)));
            default -> {
                Path moved = temporary.resolve("moved");
                Files.move(folders.getFirst(), moved, StandardCopyOption.ATOMIC_MOVE);
                Files.createSymbolicLink(folders.getFirst(), moved);
            }
        }
        assertThatThrownBy(() -> open(false)).isInstanceOf(IOException.class);
    }
}
