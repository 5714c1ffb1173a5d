package io.limpid.image.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.detect.Detectors;
import io.limpid.facts.LayerScan;
import io.limpid.format.compress.Compression;
import io.limpid.image.ArchiveSource;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.PassingReader;
import io.limpid.layer.LayerReader;
import io.limpid.model.Limits;
import io.limpid.testing.Shared;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/** What comes from a real daemon, held against what its own command line saves to a file. */
abstract class DaemonCase {
    static final LayerScan SCAN = new LayerScan(new LayerReader(Limits.DEFAULT, false), Detectors.all(Limits.DEFAULT));
    static final PassingReader READER = passing -> SCAN.passing(passing, _ -> {});

    /** Runs a daemon's command line. */
    interface Commands {
        void run(String... arguments) throws IOException, InterruptedException;
    }

    static ImageRequest request(String location) {
        return new ImageRequest(location, null, null, Limits.DEFAULT);
    }

    static DaemonImages images(String kind, Path socket) {
        return new DaemonImages(Endpoint.ofSocket(kind, socket, null), DaemonDeadlines.DEFAULT, false);
    }

    /** An image of the corpus, not compressed as a whole. */
    static Path plain(String name, Path folder) throws IOException {
        Path target = folder.resolve("plain.tar");
        try (BufferedInputStream in =
                new BufferedInputStream(Files.newInputStream(Shared.require("images/images/" + name)))) {
            in.mark(Compression.MAGIC_BYTES);
            Compression compression = Compression.of(in.readNBytes(Compression.MAGIC_BYTES));
            in.reset();
            try (InputStream bytes = compression == Compression.NONE ? in : compression.open(in, Limits.DEFAULT)) {
                Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return target;
    }

    static String name(Path archive) throws IOException {
        try (Image image = new ArchiveSource().open("", request(archive.toString()))) {
            return image.target().reference();
        }
    }

    /** Has an image saved and sent, and compares. */
    static void compare(String kind, Path socket, Commands commands, String name, Path folder)
            throws IOException, InterruptedException {
        Path saved = Files.createTempDirectory(folder, "saved").resolve("saved.tar");
        commands.run("save", "--output", saved.toString(), name);
        try (Image sent = images(kind, socket).open(request(name), READER);
                Image file = new ArchiveSource().open("", request(saved.toString()))) {
            assertThat(sent.target().kind()).isEqualTo(kind);
            assertThat(sent.target().reference()).isEqualTo(name);
            assertThat(sent.target().imageId()).isEqualTo(file.target().imageId());
            assertThat(sent.target().platform()).isEqualTo(file.target().platform());
            assertThat(sent.problems()).isEqualTo(file.problems());
            assertThat(sent.layers()).hasSameSizeAs(file.layers());
            for (int i = 0; i < file.layers().size(); i++) {
                assertThat(sent.layers().get(i).createdBy())
                        .isEqualTo(file.layers().get(i).createdBy());
                assertThat(sent.layers().get(i).diffId())
                        .isEqualTo(file.layers().get(i).diffId());
                assertThat(sent.layers().get(i).size())
                        .isEqualTo(file.layers().get(i).size());
            }
            assertThat(SCAN.facts(sent, Set.of(), _ -> {})).isEqualTo(SCAN.facts(file, Set.of(), _ -> {}));
        }
        Files.delete(saved);
    }
}
