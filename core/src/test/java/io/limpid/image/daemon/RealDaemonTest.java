package io.limpid.image.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.detect.Detectors;
import io.limpid.facts.LayerScan;
import io.limpid.image.ArchiveSource;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.PassingReader;
import io.limpid.layer.LayerReader;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.DockerDaemon;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real daemon: what comes from it is what {@code docker save} writes to a file. */
class RealDaemonTest {
    private static final LayerScan SCAN =
            new LayerScan(new LayerReader(Limits.DEFAULT, false), Detectors.all(Limits.DEFAULT));

    @TempDir
    Path folder;

    private static ImageRequest request(String location) {
        return new ImageRequest(location, null, null, Limits.DEFAULT);
    }

    @Test
    void theSameAsSaved() throws IOException, InterruptedException {
        List<Path> files = List.of(Shared.require("images/images/real-docker-save-alpine-3.10.tar.gz"));
        try (DockerDaemon docker = DockerDaemon.in(folder)) {
            DaemonImages images = new DaemonImages(
                    Endpoint.ofSocket(Endpoint.DOCKER, docker.socket(), null), DaemonDeadlines.DEFAULT);
            for (Path file : files) {
                docker.run("load", "--input", file.toString());
                String name = name(file);
                Path saved = folder.resolve("saved.tar");
                docker.run("save", "--output", saved.toString(), name);
                try (Image fromDaemon = images.open(request(name), passing -> SCAN.passing(passing, _ -> {}));
                        Image fromFile = new ArchiveSource().open("", request(saved.toString()))) {
                    same(fromDaemon, fromFile, name);
                }
            }
            assertThatThrownBy(() -> images.open(request("none:1"), PassingReader.NONE))
                    .isInstanceOfSatisfying(LimpidException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
                        assertThat(e.hint()).contains("docker pull none:1", "registry:none:1");
                    });
        }
    }

    private static String name(Path file) throws IOException {
        try (Image image = new ArchiveSource().open("", request(file.toString()))) {
            return image.target().reference();
        }
    }

    private static void same(Image one, Image other, String name) throws IOException {
        assertThat(one.target().kind()).isEqualTo("docker");
        assertThat(one.target().reference()).isEqualTo(name);
        assertThat(one.target().imageId()).isEqualTo(other.target().imageId());
        assertThat(one.target().platform()).isEqualTo(other.target().platform());
        assertThat(one.problems()).isEqualTo(other.problems());
        for (int i = 0; i < other.layers().size(); i++) {
            assertThat(one.layers().get(i).createdBy())
                    .isEqualTo(other.layers().get(i).createdBy());
            assertThat(one.layers().get(i).size())
                    .isEqualTo(other.layers().get(i).size());
        }
        var facts = SCAN.facts(one, Set.of(), _ -> {});
        assertThat(facts).hasSameSizeAs(other.layers()).isEqualTo(SCAN.facts(other, Set.of(), _ -> {}));
        assertThat(facts).anyMatch(layer -> !layer.detections().isEmpty());
    }
}
