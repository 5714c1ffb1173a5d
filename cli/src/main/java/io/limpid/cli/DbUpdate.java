package io.limpid.cli;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedPart;
import io.limpid.feed.Feeds;
import io.limpid.format.Nearest;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.UpdateOutcome;
import io.limpid.snapshot.UpdateRules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code limpid db update}: fetches parts one after the other and tells what became of each; one that fails holds up no other. */
final class DbUpdate {
    private final AdvisoryAccess access;
    private final boolean force;

    /** A part and the feed that reads it. */
    record Wanted(Feed feed, FeedPart part) {}

    DbUpdate(AdvisoryAccess access, boolean force) {
        this.access = access;
        this.force = force;
    }

    /** Every part that is known of. */
    List<Wanted> all() {
        return Feeds.all().stream()
                .flatMap(feed -> feed.parts().stream().map(part -> new Wanted(feed, part)))
                .toList();
    }

    /** The parts of which something is kept. */
    List<Wanted> kept() throws IOException {
        Set<String> kept = new LinkedHashSet<>();
        new SnapshotCatalog(access.store()).parts(List.of()).forEach(part -> kept.add(part.feed() + "/" + part.part()));
        return all().stream()
                .filter(wanted -> kept.contains(wanted.part.toString()))
                .toList();
    }

    /**
     * The parts that these names stand for: {@code debian}, {@code alpine/v3.22}.
     *
     * @throws IllegalArgumentException when there is none of a name; the message has the nearest
     */
    List<Wanted> named(List<String> names) {
        List<Wanted> all = all();
        Set<Wanted> wanted = new LinkedHashSet<>();
        for (String name : names) {
            List<Wanted> found = all.stream()
                    .filter(one ->
                            one.part.feed().equals(name) || one.part.toString().equals(name))
                    .toList();
            if (found.isEmpty()) {
                boolean part = name.contains("/");
                List<String> known = all.stream()
                        .flatMap(one -> Stream.of(part ? one.part.toString() : one.part.feed()))
                        .distinct()
                        .toList();
                throw new IllegalArgumentException(Nearest.unknown(part ? "part" : "feed", name, known));
            }
            wanted.addAll(found);
        }
        return new ArrayList<>(wanted);
    }

    /** Updates them; 1 when one of them failed. */
    int run(List<Wanted> wanted, Duration refresh, Progress progress, Console console, boolean quiet)
            throws InterruptedException, IOException {
        boolean failed = false;
        UpdateRules rules = new UpdateRules(refresh, force, UpdateRules.DEFAULT.patience());
        for (Wanted one : wanted) {
            progress.phase("updating " + one.part);
            UpdateOutcome outcome = access.updater().update(one.feed, one.part, rules);
            progress.phase("");
            progress.paint();
            failed |= tell(one.part, outcome, console, quiet);
        }
        return failed ? ExitCode.TOOL_ERROR : ExitCode.FINE;
    }

    /** Tells of one part; true when it is not as it should be. */
    private static boolean tell(FeedPart part, UpdateOutcome outcome, Console console, boolean quiet)
            throws IOException {
        switch (outcome) {
            case UpdateOutcome.Failed failed -> {
                ErrorText.of(failed.problem()).print(console.stderr());
                return true;
            }
            case UpdateOutcome.HeldBack held -> {
                new ErrorText(
                                "newer advisories of " + part + " are held back",
                                held.reason(),
                                "those of " + held.kept().fetchedAt() + " stay in use; --force takes the new ones")
                        .print(console.stderr());
                return true;
            }
            case UpdateOutcome.Updated updated -> {
                if (!quiet) {
                    var difference = updated.difference();
                    console.print(part + ": " + updated.now().records() + " advisories (+" + difference.added() + " -"
                            + difference.removed() + " ~" + difference.changed() + ")\n");
                    for (String note : updated.notes()) {
                        console.stderr().println("note: " + ErrorText.printable(part + ": " + note));
                    }
                }
            }
            case UpdateOutcome.Unchanged same -> {
                if (!quiet) {
                    console.print(part + ": " + same.now().records() + " advisories, unchanged"
                            + (same.asked() ? "" : " (asked a short while ago)") + "\n");
                }
            }
            case UpdateOutcome.Absent absent -> {
                if (!quiet) {
                    console.print(part + ": " + ErrorText.printable(absent.reason()) + "\n");
                }
            }
        }
        return false;
    }
}
