package io.limpid.detect.apk;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.detect.SharedDatabases;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Problem;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApkDetectorTest {

    @Test
    void aDatabaseFromTheFieldWithItsFaults() throws IOException {
        byte[] database = SharedDatabases.database("apk-installed-clair.xz");
        Detection detection = new ApkDetector(Limits.DEFAULT)
                .detect(LayerFiles.of(List.of(new LayerFile("lib/apk/db/installed", database))))
                .getFirst();
        // The corpus lists the record without a version too; a package must have one, so here that record is a problem.
        List<String> truth = SharedDatabases.truth("apk-installed-clair.tsv").stream()
                .filter(line -> !line.startsWith("invalidPackageWithoutAVersion "))
                .toList();
        assertThat(detection.packages().stream()
                        .map(SharedDatabases::line)
                        .sorted()
                        .toList())
                .isEqualTo(truth);
        assertThat(detection.problems())
                .extracting(Problem::what)
                .anyMatch(what -> what.contains("'invalidPackageWithoutAVersion'"));
    }
}
