package io.limpid.snapshot;

import io.limpid.model.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A process that updates, for tests that kill it: {@code CACHE URL PHASE}, or {@code CACHE URL - OTHER} for one that goes on and on.
 *
 * <p>That one first updates in the other folder: it is then quick, and can be killed in any phase with the same likelihood.
 */
final class UpdateProcess {
    private static final UpdateRules ALWAYS = new UpdateRules(Duration.ZERO, false, Duration.ofSeconds(30));

    private UpdateProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        SnapshotStore store = new SnapshotStore(Path.of(args[0]), Origin.PUBLISHERS, Limits.DEFAULT);
        LineFeed feed = LineFeed.at(URI.create(args[1]));
        String stop = args[2];
        if (args.length > 3) {
            SnapshotStore other = new SnapshotStore(Path.of(args[3]), Origin.PUBLISHERS, Limits.DEFAULT);
            new SnapshotUpdater(other, new PlainDownloader(), InstantSource.system()).update(feed, feed.part(), ALWAYS);
        }
        SnapshotUpdater updater = new SnapshotUpdater(store, new PlainDownloader(), InstantSource.system(), phase -> {
            if (phase.name().equals(stop)) {
                say(phase.name());
                waitForTheEnd();
            }
        });
        say("ready");
        // The parent kills it at a time of its own choice, counted from when it says so.
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        do {
            UpdateOutcome outcome = updater.update(feed, feed.part(), ALWAYS);
            if (!(outcome instanceof UpdateOutcome.Updated)) {
                say("unexpected: " + outcome);
                return;
            }
        } while (stop.equals("-"));
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }

    private static void waitForTheEnd() {
        try {
            Thread.sleep(Duration.ofMinutes(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
