package io.limpid.image.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.image.Image;
import io.limpid.image.PassingReader;
import io.limpid.image.Sha256;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.testing.DockerDaemon;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Docker daemon: what comes from it is what {@code docker save} writes to a file. */
class RealDaemonTest extends DaemonCase {
    @TempDir
    static Path folder;

    private static @Nullable DockerDaemon daemon;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        daemon = DockerDaemon.in(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private static DockerDaemon docker() {
        return Objects.requireNonNull(daemon);
    }

    private static void compare(String name) throws IOException, InterruptedException {
        compare(Endpoint.DOCKER, docker().socket(), docker()::run, name, folder);
    }

    /** Packages of Debian, Alpine and rpm, in one and in several layers, of which some are the same or empty. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "real-docker-save-alpine-3.10.tar.gz",
                "debian-12-upgrade-install-remove.tar.xz",
                "alpine-3.14-upgraded-to-3.15.tar.xz",
                "centos-7-bdb.tar.xz",
                "repeated-and-empty-layers.tar.xz",
                "found-hello-world.tar",
            })
    void theSameAsSaved(String file) throws IOException, InterruptedException {
        Path plain = plain(file, folder);
        docker().run("load", "--input", plain.toString());
        compare(name(plain));
    }

    @Test
    void oneImageByTwoNamesAndByItsId() throws IOException, InterruptedException {
        ImageMaker maker = loaded("two:1", "two");
        docker().run("tag", "two:1", "another.example/two:2");
        String id = Sha256.of(maker.config()).toString();
        docker().run("tag", "two:1", "two:latest");
        for (String name : List.of("two:1", "another.example/two:2", "two", id, id.substring(7), id.substring(7, 20))) {
            compare(name);
        }
    }

    @Test
    void anImageWithoutATag() throws IOException, InterruptedException {
        ImageMaker maker = loaded("", "untagged");
        compare(Sha256.of(maker.config()).toString());
    }

    @Test
    void oneThatIsNotThere() {
        assertThatThrownBy(() -> images(Endpoint.DOCKER, docker().socket()).open(request("none:1"), READER))
                .isInstanceOfSatisfying(LimpidException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
                    assertThat(e.hint()).contains("docker pull none:1", "registry:none:1");
                });
    }

    private static ImageMaker loaded(String tag, String content) throws IOException, InterruptedException {
        ImageMaker maker = new ImageMaker()
                .layer(new TarMaker()
                        .file("etc/os-release", "ID=debian\n")
                        .file("content", content)
                        .bytes())
                .layer(new TarMaker().file("large", noise(200_000)).bytes());
        Path archive = Files.write(folder.resolve("made.tar"), maker.dockerArchive(tag));
        docker().run("load", "--input", archive.toString());
        return maker;
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return noise;
    }

    /** It is ended while a layer passes, so that the rest of that never comes. */
    @Test
    void aDaemonThatEndsMeanwhile() throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve("own"));
        try (DockerDaemon mortal = DockerDaemon.in(own)) {
            byte[] archive = new ImageMaker()
                    .layer(new TarMaker().file("large", noise(40_000_000)).bytes())
                    .dockerArchive("large:1");
            mortal.run(
                    "load",
                    "--input",
                    Files.write(own.resolve("image.tar"), archive).toString());
            PassingReader ending = passing -> {
                mortal.end();
                return READER.read(passing);
            };
            assertThatThrownBy(() -> {
                        try (Image image =
                                images(Endpoint.DOCKER, mortal.socket()).open(request("large:1"), ending)) {
                            assertThat(image.layers()).isEmpty();
                        }
                    })
                    .isInstanceOfSatisfying(LimpidException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.NETWORK);
                        assertThat(e.getMessage())
                                .contains("cannot get large:1 from the Docker daemon at unix://" + mortal.socket())
                                .containsPattern("was (closed|reset) after");
                    });
        }
    }
}
