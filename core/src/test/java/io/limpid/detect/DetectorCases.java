package io.limpid.detect;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders of test cases: of each detector those in {@code <name>/cases}. */
public final class DetectorCases {
    private static final Path RESOURCES = Path.of("src/test/resources/io/limpid/detect");

    /** Limits that inputs of a test can reach. */
    public static final Limits SMALL = small();

    private DetectorCases() {}

    /** The cases of a detector, sorted. */
    public static List<Path> of(Detector detector) {
        try (Stream<Path> folders =
                Files.list(RESOURCES.resolve(detector.id().name()).resolve("cases"))) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files below the case's {@code in}, sorted. */
    public static LayerFiles files(Path folder) {
        Path in = folder.resolve("in");
        try (Stream<Path> files = Files.walk(in)) {
            return LayerFiles.of(files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> new LayerFile(in.relativize(file).toString(), bytes(file)))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Limits small() {
        Limits all = Limits.DEFAULT;
        return new Limits(
                all.archiveBytes(),
                all.archivePasses(),
                all.archiveEntries(),
                all.documentBytes(),
                all.sbomBytes(),
                all.jsonDepth(),
                all.indexDepth(),
                all.layers(),
                all.layerBytes(),
                all.layerEntries(),
                all.headerBytes(),
                all.pathBytes(),
                all.fileBytes(),
                all.wantedBytes(),
                all.wantedEntries(),
                100,
                3,
                all.linkHops(),
                all.followedPaths(),
                all.folderDepth(),
                all.decoderBytes(),
                all.feedBytes(),
                all.feedPlainBytes(),
                all.feedAdvisories(),
                all.advisoryBytes());
    }
}
