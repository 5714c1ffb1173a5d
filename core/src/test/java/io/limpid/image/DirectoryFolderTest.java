package io.limpid.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.ImageMaker.Stored;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A layout on disk is read, and nothing beside it. */
class DirectoryFolderTest {
    private static final int LAYERS = 300;
    private static final byte[] LAYER =
            new TarMaker().file("etc/hostname", "demo").bytes();

    @TempDir
    Path work;

    private Path layout = Path.of("");
    private Path blob = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        layout = work.resolve("layout");
        ImageMaker image = new ImageMaker();
        for (int i = 0; i < LAYERS; i++) {
            image.layer(new TarMaker().file("number", "" + i).bytes());
        }
        image.layer(LAYER);
        for (Map.Entry<String, byte[]> file :
                image.ociLayout(Stored.PLAIN, "1.0").entrySet()) {
            Path path = layout.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        blob = layout.resolve("blobs/sha256/" + Sha256.of(LAYER).hex());
    }

    private static Image open(Path layout) throws IOException {
        return new OciDirectorySource()
                .open("oci-dir", new ImageRequest(layout.toString(), null, null, Limits.DEFAULT));
    }

    private static byte[] lastLayer(Path layout) throws IOException {
        try (Image image = open(layout)) {
            return bytes(image.layers().getLast());
        }
    }

    private static byte[] bytes(Layer layer) throws IOException {
        try (InputStream in = Objects.requireNonNull(layer.blob()).open()) {
            return in.readAllBytes();
        }
    }

    private void assertLeads(String where) {
        assertThatThrownBy(() -> open(layout))
                .isInstanceOfSatisfying(LimpidException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.BROKEN_IMAGE);
                    assertThat(e.hint()).contains("cp -rL");
                })
                .hasMessageContaining("is a link, or lies behind one, that leads " + where);
    }

    /** As build tools lay out what they have once. */
    @ParameterizedTest
    @CsvSource({"store/blob, ../../store/blob", "blobs/sha256/other, other"})
    void linksInsideAreFollowed(String place, String target) throws IOException {
        Path moved = layout.resolve(place);
        Files.createDirectories(moved.getParent());
        Files.move(blob, moved);
        Files.createSymbolicLink(blob, Path.of(target));
        assertThat(lastLayer(layout)).isEqualTo(LAYER);
        Files.delete(blob);
        Files.createSymbolicLink(blob, moved.toRealPath());
        assertThat(lastLayer(layout)).isEqualTo(LAYER);
    }

    @Test
    void theFolderItselfMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(work.resolve("link"), Path.of("layout"));
        assertThat(lastLayer(link)).isEqualTo(LAYER);
        assertThat(lastLayer(link.resolve("blobs/.."))).isEqualTo(LAYER);
    }

    @ParameterizedTest
    @CsvSource({"index.json", "blobs", "blobs/sha256", "the blob"})
    void linksThatLeadOutAreNot(String name) throws IOException {
        Path inside = name.equals("the blob") ? blob : layout.resolve(name);
        Path outside = work.resolve("layout-of-another");
        Files.move(inside, outside);
        Files.createSymbolicLink(inside, outside);
        assertLeads("out of the folder, to " + work.toRealPath());
    }

    @Test
    void linksToNothingAreSaid() throws IOException {
        Files.delete(blob);
        Files.createSymbolicLink(blob, Path.of("../../gone"));
        assertLeads("to nothing, to ../../gone");
        Files.delete(blob);
        Files.createSymbolicLink(blob, blob.getFileName());
        assertLeads("to nothing, to " + blob.getFileName());
    }

    @Test
    void aFolderIsNoBlob() throws IOException {
        Files.delete(blob);
        Files.createDirectory(blob);
        assertThatThrownBy(() -> open(layout)).hasMessageContaining("is missing");
    }

    @Test
    void anOpenImageHoldsNoFilesOpen() throws IOException {
        Assumptions.assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean,
                "skipped: this system does not count open files");
        long before = openFiles();
        try (Image image = open(layout)) {
            for (Layer layer : image.layers()) {
                assertThat(bytes(layer)).isNotEmpty();
            }
            // Other tests' files come and go: far fewer than there are layers.
            assertThat(openFiles() - before).isLessThan(LAYERS / 2);
        }
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Test
    void aBlobThatChangesIsNotedWhenItIsRead() throws IOException {
        try (Image image = open(layout)) {
            Files.write(blob, new byte[LAYER.length + 512]);
            assertThatThrownBy(() -> bytes(image.layers().getLast()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("was changed while");
        }
    }
}
