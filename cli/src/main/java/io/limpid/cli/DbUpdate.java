package io.limpid.cli;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedPart;
import io.limpid.feed.Feeds;
import io.limpid.format.Nearest;
import io.limpid.format.Printable;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotHeader;
import io.limpid.snapshot.UpdateOutcome;
import io.limpid.snapshot.UpdateRules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** {@code limpid db update}: fetches parts, a few at a time, and tells what became of each; one that fails holds up no other. */
final class DbUpdate {
    /** Parts that are asked for at the same time, which is waiting for the most part; how many are read at the same time is the updater's matter. */
    private static final int AT_ONCE = 4;

    private final AdvisoryAccess access;
    private final boolean force;

    /**
     * A part and the feed that reads it.
     *
     * @param insisted whether exactly this part was asked for, so that its publisher's not having it is a failure
     */
    record Wanted(Feed feed, FeedPart part, boolean insisted) {
        private Wanted asNamed(String name) {
            return part.toString().equals(name) ? new Wanted(feed, part, true) : this;
        }
    }

    DbUpdate(AdvisoryAccess access, boolean force) {
        this.access = access;
        this.force = force;
    }

    /** Every part that is known of. */
    List<Wanted> all() {
        return Feeds.all().stream()
                .flatMap(feed -> feed.parts().stream().map(part -> new Wanted(feed, part, false)))
                .toList();
    }

    /** The parts of which something is kept; those that cannot be updated without an image that needs them are told. */
    List<Wanted> kept(Console console, boolean quiet) throws IOException {
        Set<String> kept = new LinkedHashSet<>();
        new SnapshotCatalog(access.store()).parts(List.of()).forEach(part -> kept.add(part.feed() + "/" + part.part()));
        List<Wanted> wanted =
                all().stream().filter(one -> kept.contains(one.part.toString())).toList();
        wanted.forEach(one -> kept.remove(one.part.toString()));
        for (String part : quiet ? Set.<String>of() : kept) {
            console.stderr()
                    .println("note: " + part + " is kept, but not in the list of this version: only a scan updates it");
        }
        return wanted;
    }

    /**
     * The parts that these names stand for: {@code debian}, {@code alpine/v3.22}.
     *
     * @throws IllegalArgumentException when there is none of a name; the message has the nearest
     */
    List<Wanted> named(List<String> names) {
        List<Wanted> all = all();
        Map<FeedPart, Wanted> wanted = new LinkedHashMap<>();
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
            found.forEach(
                    one -> wanted.merge(one.part, one.asNamed(name), (before, now) -> before.insisted ? before : now));
        }
        return new ArrayList<>(wanted.values());
    }

    /** Updates them, a few at a time, and tells of each in their order; 1 when one of them failed. */
    int run(List<Wanted> wanted, Duration refresh, Progress progress, Console console, boolean quiet)
            throws InterruptedException, IOException {
        boolean failed = false;
        UpdateRules rules = new UpdateRules(refresh, force, UpdateRules.DEFAULT.patience());
        List<Future<UpdateOutcome>> outcomes = new ArrayList<>();
        ExecutorService asking = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().name("limpid-update-", 0).factory());
        try {
            for (Wanted one : wanted) {
                outcomes.add(asking.submit(() -> {
                    progress.phase("updating " + one.part);
                    return access.updater().update(one.feed, one.part, rules);
                }));
            }
            for (int i = 0; i < wanted.size(); i++) {
                UpdateOutcome outcome = outcomes.get(i).get();
                progress.erase();
                failed |= tell(wanted.get(i), outcome, console, quiet);
            }
        } catch (ExecutionException e) {
            throw fault(e);
        } finally {
            asking.shutdownNow();
        }
        return failed ? ExitCode.TOOL_ERROR : ExitCode.FINE;
    }

    /** An update ends in an outcome; whatever else it ends in is a fault of ours, or no memory. */
    private static IllegalStateException fault(ExecutionException failure) throws InterruptedException {
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        if (failure.getCause() instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        return new IllegalStateException("an update that ended without a word", failure.getCause());
    }

    /** Tells of one part; true when it is not as it should be. */
    private static boolean tell(Wanted wanted, UpdateOutcome outcome, Console console, boolean quiet)
            throws IOException {
        FeedPart part = wanted.part;
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
                    console.print(part + ": " + updated.now().contents() + " (+" + difference.added() + " -"
                            + difference.removed() + " ~" + difference.changed() + ")\n");
                    for (String note : updated.notes()) {
                        console.stderr().println("note: " + Printable.of(part + ": " + note));
                    }
                }
            }
            case UpdateOutcome.Unchanged same -> {
                if (!quiet) {
                    console.print(part + ": " + same.now().contents() + ", unchanged"
                            + (same.asked() ? "" : " (asked a short while ago)") + "\n");
                }
            }
            case UpdateOutcome.Absent absent -> {
                if (absent.kept() != null || wanted.insisted) {
                    gone(part, absent).print(console.stderr());
                    return true;
                }
                if (!quiet) {
                    console.print(part + ": " + Printable.of(absent.reason()) + "\n");
                }
            }
        }
        return false;
    }

    private static ErrorText gone(FeedPart part, UpdateOutcome.Absent absent) {
        SnapshotHeader kept = absent.kept();
        return new ErrorText(
                "there are no " + (kept == null ? "" : "newer ") + "advisories of " + part,
                absent.reason(),
                kept == null
                        ? "see that the address is right, and 'limpid db list' for other parts"
                        : "those of " + kept.fetchedAt() + " stay in use");
    }
}
