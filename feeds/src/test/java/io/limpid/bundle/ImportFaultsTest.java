package io.limpid.bundle;

import static io.limpid.bundle.Bundles.FETCHED;
import static io.limpid.bundle.Bundles.KEY;
import static io.limpid.bundle.Bundles.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.limpid.model.LimpidException;
import io.limpid.snapshot.MadeStore;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.testing.ChildJvm;
import io.limpid.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Imports that are killed at any instant, or find the disk full: each part is whole, as it was before or as it is in the bundle.
 *
 * <p>{@code -Dlimpid.kills=N} kills at N random instants instead of 6.
 */
class ImportFaultsTest {
    private static final List<String> PARTS = List.of("a", "b", "c", "d");
    private static final int ADVISORIES = 700;

    @TempDir
    Path folder;

    private MadeStore there;
    private Path bundle;

    @BeforeEach
    void make() throws IOException {
        there = new MadeStore(folder.resolve("there"));
        MadeStore here = new MadeStore(folder.resolve("here"));
        for (String part : PARTS) {
            there.put("debian", part, FETCHED.minusSeconds(60), "1.0", 20);
            here.put("debian", part, FETCHED, "2.0", ADVISORIES);
        }
        bundle = Bundles.file(folder, Bundles.of(here, KEY));
    }

    private ChildJvm child(String when) throws IOException {
        ChildJvm child =
                new ChildJvm(ImportProcess.class, folder.resolve("there").toString(), bundle.toString(), when);
        assertThat(child.line()).isEqualTo("ready");
        child.go();
        return child;
    }

    /** The versions of the parts, each whole. */
    private List<String> current() throws IOException {
        List<String> versions = new java.util.ArrayList<>();
        for (String part : PARTS) {
            versions.add(there.current("debian", part));
        }
        return versions;
    }

    private void checkAfterwards() throws Exception {
        Bundles.taken(bundle, trusting(KEY), there);
        assertThat(current()).containsOnly("2.0");
        for (String part : PARTS) {
            assertThat(there.files("debian", part)).doesNotContain("work");
        }
    }

    @Test
    void killedBetweenTwoPartsTheFirstIsNewAndTheOthersAreWhole() throws Exception {
        try (ChildJvm child = child("first")) {
            assertThat(child.line()).isEqualTo("debian/a");
            child.kill();
        }
        assertThat(current()).containsExactly("2.0", "1.0", "1.0", "1.0");
        checkAfterwards();
    }

    @Test
    void killedAtAnyInstant() throws Exception {
        int kills = Integer.getInteger("limpid.kills", 6);
        Random random = new Random(kills);
        for (int i = 0; i < kills; i++) {
            try (ChildJvm child = child("-")) {
                Thread.sleep(random.nextInt(400));
                child.kill();
            }
            assertThat(current()).allMatch(version -> version.equals("1.0") || version.equals("2.0"));
            for (String part : PARTS) {
                if (!there.current("debian", part).equals("1.0")) {
                    // Back to where it began; previous.limpid is the one before.
                    there.put("debian", part, FETCHED.minusSeconds(60), "1.0", 20);
                }
            }
        }
        checkAfterwards();
    }

    @Test
    void aDiskThatCannotBeWrittenIsTold() throws Exception {
        Path mounted = java.nio.file.Files.createDirectory(folder.resolve("small"));
        try (SmallDisk disk = new SmallDisk(mounted)) {
            MadeStore small = new MadeStore(mounted);
            small.put("debian", "a", FETCHED.minusSeconds(60), "1.0", 20);
            disk.makeReadOnly();
            Throwable refused = catchThrowable(() -> Bundles.taken(bundle, trusting(KEY), small));
            assertThat(refused).isInstanceOf(LimpidException.class).hasMessageContaining("Read-only file system");
            assertThat(((LimpidException) refused).hint()).contains("--cache");
            assertThat(small.current("debian", "a")).isEqualTo("1.0");
        }
    }

    @Test
    void aFullDiskChangesNothing() throws Exception {
        MadeStore large = new MadeStore(folder.resolve("large"));
        large.put("debian", "a", FETCHED, "2.0", 50);
        large.put("debian", "b", FETCHED, "2.0", 40_000);
        Path much = Bundles.file(folder, Bundles.of(large, KEY));
        Path mounted = java.nio.file.Files.createDirectory(folder.resolve("small"));
        try (SmallDisk _ = new SmallDisk(mounted)) {
            MadeStore small = new MadeStore(mounted);
            small.put("debian", "a", FETCHED.minusSeconds(60), "1.0", 20);
            Throwable refused = catchThrowable(() -> Bundles.taken(much, trusting(KEY), small));
            assertThat(refused).isInstanceOf(LimpidException.class).hasMessageContaining("are free");
            assertThat(((LimpidException) refused).hint()).contains("--cache");
            assertThat(small.current("debian", "a")).isEqualTo("1.0");
            assertThat(small.files("debian", "a")).doesNotContain("work");
            assertThat(new SnapshotCatalog(small.store()).names()).containsExactly("debian/a");
        }
    }
}
