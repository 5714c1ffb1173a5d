package io.limpid.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.image.Sha256;
import io.limpid.model.LayerEntry;
import io.limpid.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts in files: whatever is wrong with one of them or with the disk, what is given was kept. */
class FactsFolderTest extends FactsStoreContract {
    private static final long MIB = 1 << 20;
    private static final TarFacts FACTS = RandomFacts.of(7);

    @TempDir
    Path cache;

    @Override
    FactsFolder open() {
        return new FactsFolder(cache, FactsFolder.DEFAULT_BOUND);
    }

    private Path file(FactsKey key) {
        return cache.resolve("facts").resolve(key.name().substring(0, 1)).resolve(key.name());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String said(FactsFolder folder) {
        return String.valueOf(Objects.requireNonNull(folder.failure()).getMessage());
    }

    @Test
    void lookingMakesNoFolder() throws IOException {
        try (FactsFolder folder = open()) {
            assertThat(folder.load(key(1))).isNull();
            assertThat(folder.status().entries()).isZero();
            assertThat(folder.clean()).isZero();
            assertThat(folder.failure()).isNull();
        }
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void aDamagedFileIsSaidOnceAndReplaced() throws IOException {
        for (byte[] damage :
                List.of(new byte[0], new byte[100], Sealed.write(key(2).text(), FACTS), new byte[(9 << 20)])) {
            open().keep(key(1), FACTS);
            Files.write(file(key(1)), damage);
            FactsFolder folder = open();
            assertThat(folder.load(key(1))).isNull();
            assertThat(said(folder)).contains(file(key(1)).toString());
            String first = said(folder);
            assertThat(folder.load(key(1))).isNull();
            assertThat(said(folder)).isEqualTo(first);
            assertThat(folder.status().damaged()).containsExactly(file(key(1)));
            folder.keep(key(1), FACTS);
            assertThat(folder.load(key(1))).isEqualTo(FACTS);
            assertThat(open().status().damaged()).isEmpty();
        }
    }

    @Test
    void whatIsNoFileIsNoEntry() throws IOException {
        Files.createDirectories(file(key(1)));
        FactsFolder folder = open();
        assertThat(folder.load(key(1))).isNull();
        folder.keep(key(1), FACTS);
        assertThat(folder.failure()).isNotNull();
        assertThat(folder.status().entries()).isZero();
        Files.writeString(Files.createDirectories(cache.resolve("other")).resolve("facts"), "a file");
        FactsFolder other = new FactsFolder(cache.resolve("other"), MIB);
        assertThat(other.load(key(1))).isNull();
        other.keep(key(1), FACTS);
        assertThat(other.load(key(1))).isNull();
        assertThat(other.failure()).isNotNull();
    }

    @Test
    void aFolderThatCannotBeWrittenCanBeRead() throws Exception {
        try (SmallDisk disk = new SmallDisk(cache)) {
            open().keep(key(1), FACTS);
            Files.setLastModifiedTime(file(key(1)), FileTime.fromMillis(0));
            disk.makeReadOnly();
            FactsFolder folder = open();
            assertThat(folder.load(key(1))).isEqualTo(FACTS);
            assertThat(folder.failure()).isNull();
            folder.keep(key(2), FACTS);
            assertThat(said(folder)).contains("Read-only file system");
            folder.close();
        }
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        open().keep(key(1), FACTS);
        // No user may read a folder as a file; root may read a file of anybody.
        Files.delete(file(key(1)));
        Files.createDirectory(file(key(1)));
        FactsFolder folder = open();
        assertThat(folder.load(key(1))).isNull();
        assertThat(folder.failure()).isNotNull();
    }

    @Test
    void aFullDiskIsSaidAndLeavesNothingHalf() throws Exception {
        try (SmallDisk _ = new SmallDisk(cache)) {
            FactsFolder folder = new FactsFolder(cache, 512 * MIB);
            int kept = 0;
            for (; folder.failure() == null && kept < 100; kept++) {
                folder.keep(key(kept), large(100_000));
            }
            assertThat(said(folder)).contains("No space left");
            assertThat(kept).isBetween(5, 12);
            assertThat(files())
                    .hasSize(kept - 1)
                    .noneMatch(file -> file.getFileName().toString().startsWith("."));
            for (int i = 0; i < kept - 1; i++) {
                assertThat(open().load(key(i))).isEqualTo(large(100_000));
            }
            assertThat(open().status().damaged()).isEmpty();
        }
    }

    /** Facts that take about so many bytes. */
    private static TarFacts large(int bytes) {
        return TarFacts.kept(List.of(new LayerEntry.RegularFile("x".repeat(bytes))), Map.of(), List.of(), null, null);
    }

    @Test
    void whatWasUsedLongestAgoIsDroppedWhenThereIsTooMuch() throws IOException {
        // Of each sixteenth there may be 64 KiB.
        FactsFolder folder = new FactsFolder(cache, MIB);
        List<FactsKey> together = keysOfOneShard(12);
        Instant now = Instant.now();
        for (int i = 0; i < 12; i++) {
            folder.keep(together.get(i), large(7000));
            Files.setLastModifiedTime(
                    file(together.get(i)), FileTime.from(now.minus(i == 0 ? 1 : 100 - i, ChronoUnit.MINUTES)));
        }
        Files.setLastModifiedTime(file(together.getFirst()), FileTime.from(now));
        folder.close();
        List<Path> left = files();
        assertThat(left).hasSize(8).contains(file(together.getFirst()));
        for (int i = 5; i < 12; i++) {
            assertThat(left).contains(file(together.get(i)));
        }
        // Whoever adds nothing looks at nothing.
        new FactsFolder(cache, 0).close();
        assertThat(files()).hasSize(8);
    }

    /** A process that is killed before it closes the folder leaves no more than may be there. */
    @Test
    void theBoundHoldsWhileFactsAreKept() throws IOException {
        FactsFolder folder = new FactsFolder(cache, MIB);
        for (FactsKey key : keysOfOneShard(60)) {
            folder.keep(key, large(7000));
            long bytes = 0;
            for (Path file : files()) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isLessThan((64 + 16 + 8) << 10);
        }
        assertThat(files()).hasSizeGreaterThan(6);
    }

    private static List<FactsKey> keysOfOneShard(int count) {
        List<FactsKey> keys = new ArrayList<>();
        for (int i = 0; keys.size() < count; i++) {
            FactsKey key = FactsKey.ofLayer("maker " + i, new FactsKey.Bytes.Tar(Sha256.of(new byte[0])), Set.of());
            if (key.name().startsWith("a")) {
                keys.add(key);
            }
        }
        return keys;
    }

    @Test
    void whatIsTooLargeIsNotKept() throws IOException {
        FactsFolder folder = new FactsFolder(cache, MIB);
        folder.keep(key(1), large(40_000));
        folder.keep(key(2), large(20_000));
        FactsFolder great = new FactsFolder(cache, 512 * MIB);
        great.keep(key(3), large(FactsFolder.LARGEST_ENTRY));
        assertThat(files()).containsExactly(file(key(2)));
        assertThat(folder.failure()).isNull();
        assertThat(great.failure()).isNull();
    }

    @Test
    void useIsNotedAtMostOnceAnHour() throws IOException {
        FactsFolder folder = open();
        folder.keep(key(1), FACTS);
        FileTime lately =
                FileTime.from(Instant.now().minus(50, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS));
        Files.setLastModifiedTime(file(key(1)), lately);
        assertThat(folder.load(key(1))).isNotNull();
        assertThat(Files.getLastModifiedTime(file(key(1)))).isEqualTo(lately);
        Files.setLastModifiedTime(file(key(1)), FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS)));
        assertThat(folder.load(key(1))).isNotNull();
        assertThat(Files.getLastModifiedTime(file(key(1))).toInstant())
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void whatKilledProcessesLeftIsRemovedAfterAnHour() throws IOException {
        FactsFolder folder = open();
        folder.keep(key(1), FACTS);
        Path shard = Objects.requireNonNull(file(key(1)).getParent());
        Path left = Files.writeString(shard.resolve(".left"), "half");
        Path written = Files.writeString(shard.resolve(".written"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(61, ChronoUnit.MINUTES)));
        folder.close();
        assertThat(files()).containsExactlyInAnyOrder(file(key(1)), written);
        assertThat(open().status().damaged()).isEmpty();
        Files.setLastModifiedTime(written, FileTime.from(Instant.now().minus(61, ChronoUnit.MINUTES)));
        Path fresh = Files.writeString(shard.resolve(".fresh"), "half");
        assertThat(open().clean()).isEqualTo(1);
        assertThat(files()).containsExactly(fresh);
    }

    @Test
    void statusTellsWhatIsThere() throws IOException {
        FactsFolder folder = open();
        for (int i = 0; i < 5; i++) {
            folder.keep(key(i), FACTS);
        }
        Files.setLastModifiedTime(file(key(3)), FileTime.from(Instant.ofEpochSecond(1000)));
        Files.write(file(key(4)), new byte[] {1});
        Files.copy(file(key(1)), file(key(1)).resolveSibling("a copy by another name"));
        FactsStatus status = folder.status();
        assertThat(status.entries()).isEqualTo(4);
        assertThat(status.bytes()).isEqualTo(6 * 4096);
        assertThat(status.bound()).isEqualTo(512 * MIB);
        assertThat(status.oldest()).isEqualTo(Instant.ofEpochSecond(1000));
        assertThat(status.newest()).isAfter(Instant.ofEpochSecond(1_000_000));
        assertThat(status.damaged()).hasSize(2);
    }
}
