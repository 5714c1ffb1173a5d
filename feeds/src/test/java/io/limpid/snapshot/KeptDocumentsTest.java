package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document of a named revision is fetched once and kept, until another revision is named or what is kept is damaged. */
class KeptDocumentsTest {
    private static final UpdateRules ALWAYS = new UpdateRules(Duration.ZERO, false, Duration.ofSeconds(20));
    private static final String DATA = "/lines/data";
    private static final String MORE = "/lines/more";
    private static final String ARCHIVE = "/lines/archive";

    @TempDir
    Path cache;

    private final DocumentServer server = new DocumentServer();
    private final MovableClock clock = new MovableClock();
    private final LineFeed feed = LineFeed.at(server.base());
    private SnapshotStore store;
    private SnapshotUpdater updater;

    @BeforeEach
    void begin() throws InterruptedException {
        store = new SnapshotStore(cache, Origin.PUBLISHERS, Limits.DEFAULT);
        updater = new SnapshotUpdater(store, new PlainDownloader(), clock);
        server.publish(DATA, "keep archive archive day-1\n" + document("debian:11", 5, "1.0"));
        server.publish(MORE, document("debian:12", 5, "1.0"));
        server.publish(ARCHIVE, document("debian:13", 5, "1.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(server.requests()).containsExactly(DATA, MORE, ARCHIVE);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private UpdateOutcome update() throws InterruptedException {
        clock.pass(Duration.ofSeconds(1));
        return updater.update(feed, feed.part(), ALWAYS);
    }

    private Path folder() {
        return store.part("lines", "all").path().resolve("kept");
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.toList();
        }
    }

    private List<String> fixed(String namespace) throws IOException {
        try (Snapshot snapshot =
                Objects.requireNonNull(store.part("lines", "all").open(Limits.DEFAULT))) {
            snapshot.verify();
            return snapshot.about(namespace, "package-3").stream()
                    .map(advisory -> String.valueOf(advisory.fixedVersion()))
                    .toList();
        }
    }

    @Test
    void itIsNotAskedForAgain() throws Exception {
        // Whatever is there now: of this revision we have what it was.
        server.publish(ARCHIVE, document("debian:13", 5, "9.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Unchanged.class);
        assertThat(server.requests()).containsExactly(DATA + "?", MORE + "?");
    }

    @Test
    void itIsReadAgainWhenAnotherChanges() throws Exception {
        server.publish(MORE, document("debian:12", 5, "2.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(server.requests()).containsExactly(DATA + "?", MORE + "?", DATA);
        assertThat(fixed("debian:12")).containsExactly("2.0");
        assertThat(fixed("debian:13")).containsExactly("1.0");
        assertThat(kept()).hasSize(1);
        server.publish(MORE, document("debian:12", 5, "3.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(fixed("debian:13")).containsExactly("1.0");
    }

    @Test
    void anotherRevisionIsFetchedAndTheOldOneRemoved() throws Exception {
        List<Path> before = kept();
        server.publish(ARCHIVE, document("debian:13", 5, "2.0"));
        server.publish(DATA, "keep archive archive day-2\n" + document("debian:11", 5, "1.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(server.requests()).contains(ARCHIVE);
        assertThat(fixed("debian:13")).containsExactly("2.0");
        assertThat(kept()).hasSize(1).doesNotContainAnyElementsOf(before);
    }

    @Test
    void aDamagedOneIsFetchedAgain() throws Exception {
        Files.writeString(kept().getFirst(), "damaged");
        server.publish(MORE, document("debian:12", 5, "2.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(server.requests()).contains(ARCHIVE);
        assertThat(fixed("debian:13")).containsExactly("1.0");
    }

    @Test
    void oneThatIsGoneIsFetchedAgain() throws Exception {
        Files.delete(kept().getFirst());
        assertThat(update()).isInstanceOf(UpdateOutcome.Unchanged.class);
        server.publish(MORE, document("debian:12", 5, "2.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(fixed("debian:13")).containsExactly("1.0");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void whatNobodyNamesAnyMoreIsRemoved() throws Exception {
        server.publish(DATA, document("debian:11", 5, "1.0") + document("debian:13", 5, "1.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(kept()).isEmpty();
    }

    @Test
    void oneThatCannotBeKeptIsToldAndTheUpdateStands() throws Exception {
        Files.delete(kept().getFirst());
        Files.delete(folder());
        Files.writeString(folder(), "a file in the place of the folder");
        server.publish(MORE, document("debian:12", 5, "2.0"));
        assertThat(update())
                .isInstanceOfSatisfying(
                        UpdateOutcome.Updated.class,
                        updated -> assertThat(updated.notes()).anyMatch(note -> note.contains("could not be kept")));
        assertThat(fixed("debian:12")).containsExactly("2.0");
    }
}
