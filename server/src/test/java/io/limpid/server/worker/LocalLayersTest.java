package io.limpid.server.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLayersTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path root = Path.of("");
    private LocalLayers layers = new LocalLayers(List.of());

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectories(folder.resolve("roots/layers"));
        Files.createDirectory(root.resolve("deep"));
        Files.writeString(root.resolve("deep/a.tar"), "inside");
        Files.writeString(folder.resolve("secret"), "outside");
        Files.createDirectory(folder.resolve("roots/layers-other"));
        Files.writeString(folder.resolve("roots/layers-other/a.tar"), "outside");
        layers = new LocalLayers(List.of(folder.resolve("not-there"), root));
    }

    @Test
    void readsFilesBelowARoot() throws IOException {
        assertThat(read(root.resolve("deep/a.tar"))).isEqualTo("inside");
        assertThat(read(root.resolve("deep/../deep/./a.tar"))).isEqualTo("inside");
        Files.createSymbolicLink(root.resolve("link"), Path.of("deep/a.tar"));
        Files.createSymbolicLink(folder.resolve("way-in"), root);
        assertThat(read(root.resolve("link"))).isEqualTo("inside");
        assertThat(read(folder.resolve("way-in/deep/a.tar"))).isEqualTo("inside");
        layers = new LocalLayers(List.of(folder.resolve("way-in")));
        assertThat(read(root.resolve("deep/a.tar"))).isEqualTo("inside");
    }

    @Test
    void readsNothingElsewhere() throws IOException {
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("secret"));
        Files.createSymbolicLink(root.resolve("up"), folder);
        for (Path path : List.of(
                folder.resolve("secret"),
                folder.resolve("roots/layers-other/a.tar"),
                root.resolve("../../secret"),
                root.resolve("out"),
                root.resolve("up/secret"),
                Path.of("/etc/passwd"),
                Path.of("/proc/self/environ"))) {
            assertThatThrownBy(() -> read(path))
                    .as("%s", path)
                    .hasMessageContaining("worker.local_layer_roots")
                    .hasMessageNotContaining("inside");
        }
        assertThatThrownBy(() -> read(root.resolve("absent"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> layers.open("a\0b")).isInstanceOf(IOException.class);
        // A file that is asked for as a folder.
        assertThatThrownBy(() -> layers.open(root.resolve("deep/a.tar") + "/")).isInstanceOf(IOException.class);
    }

    @Test
    void saysWhichKeyAllowsLocalFiles() {
        layers = new LocalLayers(List.of());
        assertThatThrownBy(() -> read(root.resolve("deep/a.tar")))
                .hasMessageContaining("local files are not read")
                .extracting("hint")
                .asString()
                .contains("worker.local_layer_roots");
    }

    @Test
    void whatIsNoFileIsNotOpened() throws Exception {
        Path fifo = root.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> read(fifo)).hasMessageContaining("no regular file");
        layers = new LocalLayers(List.of(Path.of("/dev")));
        assertThatThrownBy(() -> read(Path.of("/dev/zero"))).hasMessageContaining("no regular file");
    }

    /** As in the original a folder is there, and its bytes are not. */
    @Test
    void aFolderCannotBeRead() {
        for (Path path : List.of(root, root.resolve("deep"))) {
            assertThatThrownBy(() -> read(path)).hasMessage("it is a folder");
        }
    }

    private String read(Path path) throws IOException {
        try (InputStream in = layers.open(path.toString())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
