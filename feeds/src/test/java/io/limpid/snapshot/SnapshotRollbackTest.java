package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.match.Advisories;
import io.limpid.model.Distros;
import io.limpid.model.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was rolled back stays so until there is something newer, or one insists. */
class SnapshotRollbackTest extends LinesKept {

    private SnapshotRollback.RolledBack rollBack() throws IOException, InterruptedException {
        return new SnapshotRollback(store(), clock, Duration.ofSeconds(5)).rollBack("lines", "all");
    }

    private String current() throws IOException {
        try (Snapshot snapshot = Objects.requireNonNull(folder().open(Limits.DEFAULT))) {
            snapshot.verify();
            return String.valueOf(
                    snapshot.about("debian:12", "package-1").getFirst().fixedVersion());
        }
    }

    private UpdateOutcome update(String version) throws InterruptedException {
        return update(document("debian:12", 30, version), ALWAYS);
    }

    @Test
    void thePreviousGenerationIsTheCurrentOne() throws Exception {
        update("1.0");
        update("2.0");
        SnapshotRollback.RolledBack back = rollBack();
        assertThat(back.difference()).isEqualTo(new Difference(0, 0, 30));
        assertThat(current()).isEqualTo("1.0");
        PartStatus status = folder().status();
        assertThat(status.error()).startsWith("rolled back at ");
        assertThat(Objects.requireNonNull(status.changeOf(back.now())).by()).isEqualTo(PartStatus.Change.By.ROLLBACK);
        assertThat(new SnapshotCatalog(store()).parts(List.of()))
                .singleElement()
                .satisfies(part -> assertThat(part.rolledBackFrom())
                        .isEqualTo(Objects.requireNonNull(back.from()).fetchedAt()));
        assertThatThrownBy(this::rollBack).hasMessageContaining("rolled back already");
    }

    @Test
    void whatIsNotNewerIsHeldBackHoweverOftenOneAsks() throws Exception {
        update("1.0");
        update("2.0");
        rollBack();
        for (int i = 0; i < 2; i++) {
            assertThat(update("2.0"))
                    .isInstanceOfSatisfying(
                            UpdateOutcome.HeldBack.class,
                            held -> assertThat(held.reason()).contains("rolled back here, and nothing newer"));
            assertThat(current()).isEqualTo("1.0");
        }
        // Nor does it matter that the server has forgotten its tags.
        server.refuse(DATA, 500);
        updater().update(feed, feed.part(), ALWAYS);
        assertThat(update("2.0")).isInstanceOf(UpdateOutcome.HeldBack.class);
        SupplyPolicy policy = new SupplyPolicy(false, Duration.ofHours(1), Duration.ofSeconds(30));
        SnapshotSupply supply = new SnapshotSupply(List.of(feed), store(), updater(), policy, clock);
        try (Advisories advisories = supply.forDistro(Distros.of("debian", "12", null))) {
            assertThat(advisories.sources("debian:12"))
                    .singleElement()
                    .satisfies(source -> assertThat(source.toString()).contains("rolled back"));
        }
    }

    @Test
    void somethingNewerIsTaken() throws Exception {
        update("1.0");
        update("2.0");
        long withdrawn = generation();
        rollBack();
        assertThat(update("3.0")).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(current()).isEqualTo("3.0");
        assertThat(generation()).isGreaterThan(withdrawn);
        assertThat(folder().withdrawn()).doesNotExist();
        assertThat(rollBack().now().generation()).isLessThan(withdrawn);
        assertThat(current()).isEqualTo("1.0");
    }

    private long generation() throws IOException {
        try (Snapshot snapshot = Objects.requireNonNull(folder().open(Limits.DEFAULT))) {
            return snapshot.header().generation();
        }
    }

    @Test
    void insistingBringsItBack() throws Exception {
        update("1.0");
        update("2.0");
        rollBack();
        assertThat(updater().update(feed, feed.part(), new UpdateRules(Duration.ZERO, true, Duration.ofSeconds(5))))
                .isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(current()).isEqualTo("2.0");
    }

    @Test
    void aDamagedGenerationIsLeftForTheOneBefore() throws Exception {
        update("1.0");
        update("2.0");
        Files.writeString(folder().current(), "damaged");
        assertThat(rollBack().from()).isNull();
        assertThat(current()).isEqualTo("1.0");
        // What was damaged is not what was wrong.
        assertThat(update("2.0")).isInstanceOf(UpdateOutcome.Updated.class);
    }

    /** What can be told at once is told before anything is tried, and the rest when the file is read whole. */
    @ParameterizedTest
    @CsvSource({
        "a byte in the middle, true, are damaged",
        "a byte of the header, false, are damaged",
        "cut off, false, are damaged",
        "empty, false, are damaged",
        "another version, false, cannot use the advisories in",
    })
    void oneThatIsDamagedIsNotGoneBackTo(String damage, boolean isPossible, String said) throws Exception {
        update("1.0");
        update("2.0");
        Path previous = folder().previous();
        byte[] bytes = Files.readAllBytes(previous);
        switch (damage) {
            case "a byte in the middle" -> bytes[bytes.length / 2] ^= 1;
            case "a byte of the header" -> bytes[bytes.length - SnapshotFormat.TRAILER_BYTES - 10] ^= 1;
            case "cut off" -> bytes = Arrays.copyOf(bytes, bytes.length - 1);
            case "empty" -> bytes = new byte[0];
            default -> {}
        }
        Files.write(previous, bytes);
        if (damage.equals("another version")) {
            SnapshotFiles.makeOfAnotherVersion(previous);
        }
        assertThat(new SnapshotRollback(store(), clock, Duration.ZERO).isPossible("lines", "all"))
                .isEqualTo(isPossible);
        assertThatThrownBy(this::rollBack)
                .hasMessageStartingWith(
                        "cannot roll back lines/all: the generation before the current one cannot be used: ")
                .hasMessageContaining(said);
        assertThat(current()).isEqualTo("2.0");
        assertThat(folder().work()).doesNotExist();
    }

    /** After a new version of the format what is there is of no use to anybody; what replaces it has none before. */
    @Test
    void generationsOfAnotherVersionAreNotGoneBackTo() throws Exception {
        update("1.0");
        update("2.0");
        SnapshotFiles.makeOfAnotherVersion(folder().current());
        SnapshotFiles.makeOfAnotherVersion(folder().previous());
        assertThat(update("3.0")).isInstanceOf(UpdateOutcome.Updated.class);
        nothingIsBefore();
    }

    @Test
    void noMoreWhenTheNewOneIsImported() throws Exception {
        update("3.0");
        byte[] file = Files.readAllBytes(folder().current());
        update("2.0");
        SnapshotFiles.makeOfAnotherVersion(folder().current());
        SnapshotFiles.makeOfAnotherVersion(folder().previous());
        try (SnapshotIntake intake = new SnapshotIntake(store(), clock, Duration.ofSeconds(5))) {
            IncomingPart part = intake.part("lines", "all");
            part.stage(out -> out.write(file));
            part.makeCurrent(clock.instant(), clock.instant());
        }
        nothingIsBefore();
    }

    private void nothingIsBefore() throws Exception {
        assertThat(current()).isEqualTo("3.0");
        assertThat(folder().previous()).doesNotExist();
        assertThat(new SnapshotComparison(store()).withBefore("lines", "all", (_, _) -> {}))
                .isNull();
        assertThat(new SnapshotRollback(store(), clock, Duration.ZERO).isPossible("lines", "all"))
                .isFalse();
        assertThatThrownBy(this::rollBack).hasMessageContaining("there is no generation before");
    }

    @Test
    void oneBeforeThatIsWholeStaysWhenTheCurrentOneIsDamaged() throws Exception {
        update("1.0");
        update("2.0");
        Files.writeString(folder().current(), "damaged");
        update("3.0");
        rollBack();
        assertThat(current()).isEqualTo("1.0");
    }

    @Test
    void aStatusOfAnotherVersionIsReadAsFarAsItIsKnown() throws Exception {
        update("1.0");
        PartStatus status = folder().status();
        assertThat(PartStatus.parse(status.text())).isEqualTo(status);
        assertThat(PartStatus.parse("future=1\n" + status.text() + "change-who=me\n"))
                .isEqualTo(status);
        // As the version before wrote it.
        PartStatus old = PartStatus.parse("attempt=2026-03-01T10:00:00Z\ngeneration=17\nerror=x\n");
        assertThat(old.error()).isEqualTo("x");
        assertThat(old.took()).isNull();
        assertThat(old.change()).isNull();
        assertThat(PartStatus.parse("change-generation=1\nchange-by=nobody\nadded=1\nremoved=1\nchanged=-1\n"))
                .isEqualTo(PartStatus.NONE);
    }
}
