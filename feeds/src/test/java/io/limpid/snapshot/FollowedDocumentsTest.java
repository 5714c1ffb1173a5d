package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that other documents name are fetched with them, asked for with their own ETags, and never kept when something else is named. */
class FollowedDocumentsTest {
    private static final UpdateRules ALWAYS = new UpdateRules(Duration.ZERO, false, Duration.ofSeconds(20));
    private static final String DATA = "/lines/data";
    private static final String MORE = "/lines/more";

    @TempDir
    Path cache;

    private final DocumentServer server = new DocumentServer();
    private final MovableClock clock = new MovableClock();
    private final LineFeed feed = LineFeed.at(server.base());
    private SnapshotStore store;
    private SnapshotUpdater updater;

    @BeforeEach
    void begin() {
        store = new SnapshotStore(cache, Origin.PUBLISHERS, Limits.DEFAULT);
        updater = new SnapshotUpdater(store, new PlainDownloader(), clock);
        server.publish(DATA, "follow page-1 one required\nfollow page-2 two\n" + document("debian:11", 5, "1.0"));
        server.publish(MORE, document("debian:12", 5, "1.0"));
        server.publish("/lines/one", "follow page-3 three required\n" + document("debian:13", 5, "1.0"));
        server.publish("/lines/two", document("debian:14", 5, "1.0"));
        server.publish("/lines/three", document("debian:15", 5, "1.0"));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private UpdateOutcome update() throws InterruptedException {
        clock.pass(Duration.ofSeconds(1));
        return updater.update(feed, feed.part(), ALWAYS);
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
    void allAreFetchedAndThenAskedFor() throws Exception {
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(server.requests()).containsExactly(DATA, MORE, "/lines/one", "/lines/two", "/lines/three");
        for (String release : List.of("debian:11", "debian:12", "debian:13", "debian:14", "debian:15")) {
            assertThat(fixed(release)).containsExactly("1.0");
        }
        assertThat(update()).isInstanceOf(UpdateOutcome.Unchanged.class);
        assertThat(server.requests())
                .containsExactly(DATA + "?", MORE + "?", "/lines/one?", "/lines/two?", "/lines/three?");
    }

    @Test
    void oneThatChangedIsReadWithAllOthers() throws Exception {
        update();
        server.requests();
        server.publish("/lines/three", document("debian:15", 5, "2.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(fixed("debian:15")).containsExactly("2.0");
        assertThat(fixed("debian:14")).containsExactly("1.0");
        // What has not changed is needed all the same, and what was fetched to see that it has is not fetched twice.
        assertThat(server.requests())
                .containsExactly(
                        DATA + "?",
                        MORE + "?",
                        "/lines/one?",
                        "/lines/two?",
                        "/lines/three?",
                        DATA,
                        MORE,
                        "/lines/one",
                        "/lines/two");
    }

    @Test
    void whatIsNamedAnewReplacesWhatWasNamed() throws Exception {
        update();
        // The old file is still there, and has changed too.
        server.publish("/lines/two", document("debian:14", 5, "0.5"));
        server.publish("/lines/new", document("debian:14", 5, "3.0"));
        server.publish(DATA, "follow page-1 one required\nfollow page-2 new\n" + document("debian:11", 5, "1.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(fixed("debian:14")).containsExactly("3.0");
        assertThat(update()).isInstanceOf(UpdateOutcome.Unchanged.class);
    }

    @Test
    void oneThatIsNotThereIsAGapOrTheEnd() throws Exception {
        server.remove("/lines/two");
        assertThat(update())
                .isInstanceOfSatisfying(
                        UpdateOutcome.Updated.class,
                        updated -> assertThat(updated.notes()).anyMatch(note -> note.contains("page-2")));
        assertThat(update()).isInstanceOf(UpdateOutcome.Unchanged.class);
        server.remove("/lines/one");
        assertThat(update())
                .isInstanceOfSatisfying(
                        UpdateOutcome.Absent.class,
                        absent -> assertThat(absent.reason()).contains("/lines/one"));
        assertThat(fixed("debian:13")).containsExactly("1.0");
        server.publish("/lines/one", document("debian:13", 5, "1.0"));
        server.publish("/lines/two", document("debian:14", 5, "1.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(fixed("debian:14")).containsExactly("1.0");
        assertThat(fixed("debian:15")).isEmpty();
    }

    @Test
    void aChainWithoutEndIsAnError() throws Exception {
        for (int i = 0; i < 30; i++) {
            server.publish(
                    "/lines/link-" + i,
                    "follow link-" + (i + 1) + " link-" + (i + 1) + " required\n" + document("debian:13", 5, "1.0"));
        }
        server.publish(DATA, "follow link-0 link-0 required\n" + document("debian:11", 5, "1.0"));
        assertThat(update())
                .isInstanceOfSatisfying(
                        UpdateOutcome.Failed.class,
                        failed -> assertThat(failed.problem().getMessage()).contains("without end"));
    }
}
