package io.limpid.server.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.format.compress.Compression;
import io.limpid.format.tar.TarEntry;
import io.limpid.format.tar.TarReader;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Limits;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.detect.ClairDetectors;
import io.limpid.testing.Shared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives made to harm whoever reads them: each layer in them is read or refused, in bounded time and memory. */
class HostileLayersTest {
    private static final Limits LIMITS = Limits.DEFAULT;
    private static final ClairDetectors DETECTORS = ClairDetectors.v1(LIMITS);

    static Stream<String> archives() throws IOException {
        return Shared.names("images/hostile").stream()
                .filter(name -> name.contains(".tar") || name.startsWith("all of"));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void isReadOrRefused(String name) throws IOException {
        Path archive = Shared.require("images/hostile/" + name);
        // As a layer itself, and each file in it that may be one.
        read(Files.readAllBytes(archive));
        for (byte[] layer : members(archive)) {
            read(layer);
        }
        assertThat(Files.exists(archive)).isTrue();
    }

    private static void read(byte[] layer) throws IOException {
        WorkDeadline deadline = WorkDeadline.in(Duration.ofMinutes(2));
        try (BulkyWork.Leave leave = new BulkyWork(1).new Leave(deadline)) {
            LayerFiles files = new LayerArchive(LayerFormat.DOCKER, DETECTORS.files(), LIMITS)
                    .read(new ByteArrayInputStream(layer), null, deadline, leave);
            DETECTORS.detect(files);
        } catch (ClairException e) {
            assertThat(e.status()).isEqualTo(422);
        }
    }

    private static List<byte[]> members(Path archive) {
        List<byte[]> members = new ArrayList<>();
        try (InputStream file = Files.newInputStream(archive);
                InputStream in = compression(archive).open(file, LIMITS)) {
            TarReader tar = new TarReader(in, LIMITS, 1 << 16);
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                if (entry.kind() == TarEntry.Kind.FILE && entry.size() >= 512 && entry.size() < 128 << 20) {
                    members.add(tar.readContent(128 << 20));
                }
            }
        } catch (IOException _) {
            // It is damaged: then those before it are what there is.
        }
        return members;
    }

    private static Compression compression(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            return Compression.of(in.readNBytes(Compression.MAGIC_BYTES));
        }
    }
}
