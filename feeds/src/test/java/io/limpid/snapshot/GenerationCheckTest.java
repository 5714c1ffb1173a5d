package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Data that are suspicious do not replace those that are there, and what is lost is said. */
class GenerationCheckTest extends LinesKept {
    private static final UpdateRules FORCED = new UpdateRules(Duration.ZERO, true, Duration.ofSeconds(20));

    private long records() throws IOException {
        try (Snapshot snapshot = Objects.requireNonNull(folder().open(Limits.DEFAULT))) {
            return snapshot.header().records();
        }
    }

    @Test
    void dataThatShrankTooMuchAreHeldBack() throws Exception {
        update(document("debian:12", 100, "1.0"), ALWAYS);
        assertThat(update(document("debian:12", 39, "1.0"), ALWAYS))
                .isInstanceOfSatisfying(UpdateOutcome.HeldBack.class, held -> {
                    assertThat(held.reason()).contains("100").contains("39");
                    assertThat(held.kept().records()).isEqualTo(100);
                });
        assertThat(records()).isEqualTo(100);
        assertThat(folder().status().error()).startsWith("held back: ");
        assertThat(update(document("debian:12", 39, "1.0"), FORCED)).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(records()).isEqualTo(39);
        assertThat(folder().status().error()).isNull();
    }

    @Test
    void dataThatShrankAsMuchAsTheyMayAreTaken() throws Exception {
        update(document("debian:12", 100, "1.0"), ALWAYS);
        assertThat(update(document("debian:12", 40, "1.0"), ALWAYS)).isInstanceOf(UpdateOutcome.Updated.class);
    }

    @Test
    void olderDataAreHeldBack() throws Exception {
        update("date 2026-02-03T10:00:00Z\n" + document("debian:12", 10, "1.0"), ALWAYS);
        assertThat(update("date 2026-02-03T09:59:59Z\n" + document("debian:12", 10, "2.0"), ALWAYS))
                .isInstanceOfSatisfying(
                        UpdateOutcome.HeldBack.class,
                        held -> assertThat(held.reason()).contains("2026-02-03T09:59:59Z"));
        assertThat(update("date 2026-02-02\n" + document("debian:12", 10, "2.0"), ALWAYS))
                .isInstanceOf(UpdateOutcome.HeldBack.class);
        assertThat(update("date 2026-02-03\n" + document("debian:12", 10, "2.0"), ALWAYS))
                .isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(update("date yesterday\n" + document("debian:12", 10, "3.0"), ALWAYS))
                .isInstanceOf(UpdateOutcome.Updated.class);
    }

    /** One server of a publisher came to newer data some time before another one came to them. */
    @Test
    void whenServersCameToTheirDataSaysLittleOfTheirAge() throws Exception {
        updateOf("Tue, 03 Feb 2026 00:00:30 GMT", "1.0");
        assertThat(updateOf("Mon, 02 Feb 2026 23:59:29 GMT", "2.0")).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(updateOf("Mon, 02 Feb 2026 12:00:00 GMT", "3.0")).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(updateOf("Sun, 01 Feb 2026 23:59:59 GMT", "4.0"))
                .isInstanceOfSatisfying(
                        UpdateOutcome.HeldBack.class,
                        held -> assertThat(held.reason()).contains("2026-02-01T23:59:59Z"));
        assertThat(updateOf("soon", "5.0")).isInstanceOf(UpdateOutcome.Updated.class);
    }

    private UpdateOutcome updateOf(String modified, String version) throws InterruptedException {
        server.modified(DATA, modified);
        return update(document("debian:12", 10, version), ALWAYS);
    }

    @Test
    void aReleaseThatVanishedIsAGapOfIt() throws Exception {
        String both = document("debian:11", 10, "1.0").replace("end\n", "") + document("debian:12", 20, "1.0");
        update(both, ALWAYS);
        assertThat(update(document("debian:12", 20, "1.0"), ALWAYS))
                .isInstanceOfSatisfying(UpdateOutcome.Updated.class, updated -> {
                    assertThat(updated.difference()).isEqualTo(new Difference(0, 10, 0));
                    assertThat(updated.now().gaps())
                            .contains(new Gap(
                                    "debian:11", 10, "there were 10 advisories for debian:11 and now there are none"));
                    assertThat(updated.notes()).anyMatch(note -> note.contains("debian:11"));
                });
    }

    @Test
    void aReleaseThatShrankIsAGapUntilItHasGrownBackOrOneInsists() throws Exception {
        update(releases(100, 100), ALWAYS);
        assertThat(gaps(update(releases(100, 30), ALWAYS))).containsExactly("debian:12");
        assertThat(gaps(update(releases(101, 30), ALWAYS))).containsExactly("debian:12");
        assertThat(gaps(update(releases(101, 40), ALWAYS))).containsExactly("debian:12");
        assertThat(gaps(update(releases(101, 101), ALWAYS))).isEmpty();
        assertThat(gaps(update(releases(100, 0), ALWAYS))).containsExactly("debian:12");
        assertThat(gaps(update(releases(101, 0), ALWAYS))).containsExactly("debian:12");
        assertThat(gaps(update(releases(101, 1), ALWAYS))).containsExactly("debian:12");
        assertThat(gaps(update(releases(101, 60), ALWAYS))).containsExactly("debian:12");
        assertThat(gaps(update(releases(101, 20), ALWAYS))).containsExactly("debian:12");
        assertThat(gaps(update(releases(101, 79), ALWAYS))).containsExactly("debian:12");
        assertThat(gaps(update(releases(101, 81), ALWAYS))).isEmpty();
        update(releases(100, 100), ALWAYS);
        assertThat(gaps(update(releases(100, 30), ALWAYS))).containsExactly("debian:12");
        assertThat(gaps(update(releases(100, 30), FORCED))).isEmpty();
        assertThat(gaps(update(releases(101, 30), ALWAYS))).isEmpty();
    }

    private static String releases(int ofDebian11, int ofDebian12) {
        return document("debian:11", ofDebian11, "1.0").replace("end\n", "") + document("debian:12", ofDebian12, "1.0");
    }

    /** The releases of which something may be missing. */
    private static List<String> gaps(UpdateOutcome outcome) {
        assertThat(outcome).isInstanceOf(UpdateOutcome.Updated.class);
        return ((UpdateOutcome.Updated) outcome)
                .now().gaps().stream()
                        .map(Gap::namespace)
                        .filter(Objects::nonNull)
                        .toList();
    }

    @Test
    void recordsThatMadeNoSenseAreAGap() throws Exception {
        assertThat(update("debian:12 a CVE-1\n" + document("debian:12", 20, "1.0"), ALWAYS))
                .isInstanceOfSatisfying(UpdateOutcome.Updated.class, updated -> {
                    assertThat(updated.now().skipped()).isEqualTo(1);
                    assertThat(updated.now().gaps())
                            .extracting(Gap::what)
                            .anyMatch(what -> what.contains("1 records made no sense"));
                });
    }

    @Test
    void generationsRiseAlsoWhenTheClockDoesNot() throws Exception {
        update(document("debian:12", 10, "1.0"), ALWAYS);
        long before = generation();
        clock.pass(Duration.ofDays(-400));
        assertThat(update(document("debian:12", 10, "2.0"), ALWAYS)).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(generation()).isEqualTo(before + 1);
    }

    private long generation() throws IOException {
        try (Snapshot snapshot = Objects.requireNonNull(folder().open(Limits.DEFAULT))) {
            return snapshot.header().generation();
        }
    }

    @Test
    void aDamagedGenerationIsFetchedAnewAlsoWhenNothingHasChanged() throws Exception {
        String text = document("debian:12", 2000, "1.0");
        update(text, ALWAYS);
        damage();
        assertThat(update(text, ALWAYS)).isInstanceOf(UpdateOutcome.Updated.class);
        try (Snapshot snapshot = Objects.requireNonNull(folder().open(Limits.DEFAULT))) {
            snapshot.verify();
        }
        // What was damaged is not worth keeping.
        assertThat(folder().previous()).doesNotExist();
    }

    @Test
    void aFileThatCannotEvenBeOpenedIsReplaced() throws Exception {
        update(document("debian:12", 10, "1.0"), ALWAYS);
        Files.writeString(folder().current(), "something else");
        assertThat(update(document("debian:12", 10, "1.0"), ALWAYS)).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(records()).isEqualTo(10);
    }

    private void damage() throws IOException {
        byte[] bytes = Files.readAllBytes(folder().current());
        bytes[new Random(1).nextInt(bytes.length / 2)] ^= 1;
        Files.write(folder().current(), bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
