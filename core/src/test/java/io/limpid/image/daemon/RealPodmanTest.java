package io.limpid.image.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.testing.PodmanService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real podman: what comes from its service is what {@code podman save} writes to a file. */
class RealPodmanTest extends DaemonCase {
    @TempDir
    static Path folder;

    private static @Nullable PodmanService service;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        service = PodmanService.in(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        if (service != null) {
            service.close();
        }
    }

    /** Packages of Debian, Alpine and rpm, in one and in several layers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian-12-upgrade-install-remove.tar.xz",
                "alpine-3.14-upgraded-to-3.15.tar.xz",
                "sles-15-ndb-e4715.tar.xz",
                "repeated-and-empty-layers.tar.xz",
            })
    void theSameAsSaved(String file) throws IOException, InterruptedException {
        PodmanService podman = Objects.requireNonNull(service);
        Path plain = plain(file, folder);
        podman.run("load", "--input", plain.toString());
        String name = name(plain);
        compare(Endpoint.PODMAN, podman.socket(), podman::run, name.contains("/") ? name : "localhost/" + name, folder);
    }

    @Test
    void oneThatIsNotThere() {
        PodmanService podman = Objects.requireNonNull(service);
        assertThatThrownBy(() -> images(Endpoint.PODMAN, podman.socket()).open(request("none:1"), READER))
                .isInstanceOfSatisfying(LimpidException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
                    assertThat(e.hint()).contains("podman pull none:1");
                });
    }
}
