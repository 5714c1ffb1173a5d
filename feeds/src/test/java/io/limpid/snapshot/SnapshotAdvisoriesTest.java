package io.limpid.snapshot;

import io.limpid.match.Advisories;
import io.limpid.match.AdvisoriesContract;
import io.limpid.model.Advisory;
import io.limpid.model.FeedRecord;
import io.limpid.model.Limits;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Snapshot files keep what all {@link Advisories} must keep. */
class SnapshotAdvisoriesTest extends AdvisoriesContract {
    @TempDir
    Path folder;

    @Override
    protected Advisories of(List<Advisory> all, List<VulnerabilityDetails> details) throws IOException {
        Path file = Files.createTempDirectory(folder, "one").resolve("file");
        List<FeedRecord> records = new ArrayList<>(all);
        records.addAll(details);
        SnapshotFiles.write(file, records);
        Snapshot snapshot = Snapshot.open(file, Limits.DEFAULT);
        return new OpenAdvisories(
                List.of(new OpenPart("feed", snapshot, snapshot.header().fetchedAt(), List.of(), List.of())),
                new OpenDetails(new SnapshotStore(folder, Origin.PUBLISHERS, Limits.DEFAULT), List.of()));
    }
}
