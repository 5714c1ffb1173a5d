package io.limpid.detect.opkg;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.detect.SharedDatabases;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real status file. */
class OpkgDetectorTest {

    @Test
    void findsWhatOpkgLists() throws IOException {
        byte[] status = SharedDatabases.database("opkg-status-valid.xz");
        List<Detection> found = new OpkgDetector(Limits.DEFAULT)
                .detect(LayerFiles.of(List.of(new LayerFile("usr/lib/opkg/status", status))));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().problems()).isEmpty();
        assertThat(found.getFirst().packages().stream()
                        .map(SharedDatabases::line)
                        .sorted())
                .isEqualTo(SharedDatabases.truth("opkg-status-valid.tsv"))
                .isNotEmpty();
    }
}
