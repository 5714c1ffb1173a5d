package io.limpid.snapshot;

import io.limpid.model.Limits;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A store of its own for each test, and a server that publishes what is kept there: documents of lines. */
abstract class LinesKept {
    static final UpdateRules ALWAYS = new UpdateRules(Duration.ZERO, false, Duration.ofSeconds(20));
    static final String DATA = "/lines/data";
    static final String MORE = "/lines/more";

    @TempDir
    Path cache;

    final DocumentServer server = new DocumentServer();
    final MovableClock clock = new MovableClock();
    final LineFeed feed = LineFeed.at(server.base());

    @AfterEach
    void end() {
        server.close();
    }

    SnapshotStore store() {
        return new SnapshotStore(cache, Origin.PUBLISHERS, Limits.DEFAULT);
    }

    PartFolder folder() {
        return store().part("lines", "all");
    }

    SnapshotUpdater updater() {
        return new SnapshotUpdater(store(), new PlainDownloader(), clock);
    }

    /** Publishes a document and updates, a minute later than the last time. */
    UpdateOutcome update(String text, UpdateRules rules) throws InterruptedException {
        server.publish(DATA, text);
        clock.pass(Duration.ofMinutes(1));
        return updater().update(feed, feed.part(), rules);
    }
}
