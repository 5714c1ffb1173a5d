package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.match.Advisories;
import io.limpid.model.Distros;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or cannot be written: an error that says so, and data that stay in use. */
class DiskFaultsTest extends LinesKept {

    private UpdateOutcome update(String text) throws InterruptedException {
        return update(text, ALWAYS);
    }

    private static LimpidException failed(UpdateOutcome outcome) {
        assertThat(outcome).isInstanceOf(UpdateOutcome.Failed.class);
        return ((UpdateOutcome.Failed) outcome).problem();
    }

    private void checkStillServed() throws Exception {
        SupplyPolicy offline = new SupplyPolicy(true, Duration.ZERO, Duration.ZERO);
        SnapshotSupply supply = new SnapshotSupply(List.of(feed), store(), updater(), offline, clock);
        try (Advisories advisories = supply.forDistro(Distros.of("debian", "12", null))) {
            assertThat(advisories.about("debian:12", "package-1"))
                    .singleElement()
                    .satisfies(advisory -> assertThat(advisory.fixedVersion()).isEqualTo("1.0"));
        }
    }

    @Test
    void aFullDiskChangesNothingAndIsSaid() throws Exception {
        try (SmallDisk _ = new SmallDisk(cache)) {
            assertThat(update(document("debian:12", 50, "1.0"))).isInstanceOf(UpdateOutcome.Updated.class);
            // One that is too large to be fetched, and then ones of which less and less can be written.
            for (int packages : List.of(100_000, 18_000, 12_000, 8_000)) {
                LimpidException problem = failed(update(document("debian:12", packages, randomVersion(packages))));
                assertThat(problem.code()).isEqualTo(ErrorCode.IO);
                assertThat(problem).hasMessageContaining("No space left");
                assertThat(problem.hint()).contains("make room");
                checkStillServed();
                assertThat(folder().work()).doesNotExist();
            }
            assertThat(update(document("debian:12", 60, "1.0"))).isInstanceOf(UpdateOutcome.Updated.class);
        }
    }

    /** Long enough that a few thousand fill a megabyte, also after what repeats is left out. */
    private static String randomVersion(int seed) {
        byte[] bytes = new byte[8];
        new Random(seed).nextBytes(bytes);
        return "1." + Math.abs(java.util.Arrays.hashCode(bytes));
    }

    @Test
    void aDiskThatCannotBeWrittenCanBeRead() throws Exception {
        try (SmallDisk disk = new SmallDisk(cache)) {
            assertThat(update(document("debian:12", 50, "1.0"))).isInstanceOf(UpdateOutcome.Updated.class);
            disk.makeReadOnly();
            LimpidException problem = failed(update(document("debian:12", 50, "2.0")));
            assertThat(problem.code()).isEqualTo(ErrorCode.IO);
            assertThat(problem).hasMessageContaining("Read-only file system");
            assertThat(problem.hint()).contains("--offline").contains("--cache");
            checkStillServed();
            // What is fresh needs no writing.
            assertThat(updater().update(feed, feed.part(), UpdateRules.DEFAULT))
                    .isInstanceOf(UpdateOutcome.Unchanged.class);
        }
    }

    @Test
    void aCacheThatIsAFileIsSaid() throws Exception {
        Files.writeString(cache.resolve("advisories"), "not a folder");
        LimpidException problem = failed(update(document("debian:12", 50, "1.0")));
        assertThat(problem.code()).isEqualTo(ErrorCode.IO);
        assertThat(problem).hasMessageContaining("advisories");
        assertThat(new SnapshotCatalog(store()).parts(List.of())).isEmpty();
    }

    @Test
    void aFolderOfWorkThatIsALinkLeadsNowhere(@TempDir Path elsewhere) throws Exception {
        assertThat(update(document("debian:12", 50, "1.0"))).isInstanceOf(UpdateOutcome.Updated.class);
        Files.writeString(elsewhere.resolve("precious"), "stay");
        Files.createSymbolicLink(folder().work(), elsewhere);
        assertThat(update(document("debian:12", 50, "2.0"))).isInstanceOf(UpdateOutcome.Updated.class);
        try (Stream<Path> left = Files.list(elsewhere)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("precious");
        }
    }

    @Test
    void whatKilledWritersLeftIsRemoved() throws Exception {
        assertThat(update(document("debian:12", 50, "1.0"))).isInstanceOf(UpdateOutcome.Updated.class);
        Path work = folder().work();
        Files.createDirectories(work.resolve("deep").resolve("deeper"));
        Files.writeString(work.resolve("deep").resolve("new"), "half");
        Files.writeString(work.resolve("advisories-0"), "run");
        server.refuse(DATA, 500);
        updater().update(feed, feed.part(), ALWAYS);
        assertThat(work).doesNotExist();
    }

    @Test
    void readersOfAStoreWithoutAFolderMakeNone() throws IOException {
        assertThat(folder().open(Limits.DEFAULT)).isNull();
        assertThat(folder().status()).isEqualTo(PartStatus.NONE);
        assertThat(cache).isEmptyDirectory();
    }
}
