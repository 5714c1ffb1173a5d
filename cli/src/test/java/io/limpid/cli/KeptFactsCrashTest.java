package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.facts.FactsFolder;
import io.limpid.facts.FactsStatus;
import io.limpid.testing.ChildJvm;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scans that are killed at any instant, while four others share their cache and somebody empties it: no entry is ever damaged, no report wrong.
 *
 * <p>{@code -Dlimpid.kills=N} kills at N random instants instead of 100.
 */
class KeptFactsCrashTest {
    private static final int OTHERS = 4;
    private static final int IMAGES = 3;

    @TempDir
    Path cache;

    @TempDir
    Path folder;

    private final List<ChildJvm> others = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        for (int i = 0; i < IMAGES; i++) {
            Path image = folder.resolve("image-" + i + ".tar");
            Files.write(image, image(i));
            Files.write(folder.resolve("image-" + i + ".json"), ScanProcess.scan(folder.resolve("first-" + i), image));
        }
        for (int i = 0; i < OTHERS; i++) {
            others.add(process(120));
        }
        for (ChildJvm other : others) {
            assertThat(other.line()).isEqualTo("ready");
            other.go();
        }
    }

    @AfterEach
    void end() {
        others.forEach(ChildJvm::close);
    }

    private ChildJvm process(int pause) throws IOException {
        return new ChildJvm(ScanProcess.class, cache.toString(), folder.toString(), String.valueOf(pause));
    }

    /** Layers that the images share, and one of its own; plain and compressed. */
    private static byte[] image(int number) {
        ImageMaker image = new ImageMaker();
        image.layer(new TarMaker()
                .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
                .file("var/lib/dpkg/status", status(200, "1"))
                .bytes());
        image.layer(new TarMaker().file("usr/x", "x").bytes());
        image.layer(new TarMaker()
                .file("var/lib/dpkg/status", status(300, "2." + number))
                .bytes());
        return number == 0
                ? image.dockerArchive("crash:0")
                : ImageMaker.tar(image.ociLayout(ImageMaker.Stored.GZIP, "crash:" + number));
    }

    private static String status(int packages, String version) {
        StringBuilder status = new StringBuilder();
        for (int i = 0; i < packages; i++) {
            status.append("Package: p").append(i).append("\nStatus: install ok installed\nVersion: ");
            status.append(version).append("\n\n");
        }
        return status.toString();
    }

    @Test
    void killedAtAnyInstant() throws Exception {
        int kills = Integer.getInteger("limpid.kills", 100);
        Random random = new Random(kills);
        Deque<ChildJvm> ready = new ArrayDeque<>();
        ready.add(process(0));
        for (int i = 0; i < kills; i++) {
            // The next one starts while this one works.
            ready.add(process(0));
            try (ChildJvm scanning = ready.remove()) {
                assertThat(scanning.line()).isEqualTo("ready");
                facts().clean();
                scanning.go();
                Thread.sleep(random.nextInt(60));
                assertThat(scanning.isAlive()).isTrue();
                scanning.kill();
                assertThat(scanning.line()).isNull();
            }
            assertThat(facts().status().damaged()).isEmpty();
        }
        ready.forEach(ChildJvm::close);
        checkAfterwards();
    }

    private FactsFolder facts() {
        return new FactsFolder(cache, FactsFolder.DEFAULT_BOUND);
    }

    private void checkAfterwards() throws IOException {
        for (ChildJvm other : others) {
            assertThat(other.isAlive()).isTrue();
            other.go();
            assertThat(other.line()).isNotNull().matches("scans [1-9]\\d+");
        }
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < IMAGES; i++) {
                assertThat(ScanProcess.scan(cache, folder.resolve("image-" + i + ".tar")))
                        .isEqualTo(Files.readAllBytes(folder.resolve("image-" + i + ".json")));
            }
        }
        FactsStatus status = facts().status();
        assertThat(status.damaged()).isEmpty();
        // By then the files are no longer new: each layer is also known by its place.
        assertThat(status.entries()).isGreaterThan(3 * IMAGES);
        // What was half written goes when it is old.
        for (Path file : files()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS)));
        }
        facts().clean();
        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
