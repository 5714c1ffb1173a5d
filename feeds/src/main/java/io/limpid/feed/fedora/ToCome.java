package io.limpid.feed.fedora;

import io.limpid.feed.FeedException;
import io.limpid.model.Advisory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What updates that are still to come will fix, until all were read: it counts where no released update has fixed the same in the same package.
 *
 * <p>An update often names what one before it has fixed already; whoever has that one needs no other for it.
 */
final class ToCome {
    /** Advisories that wait. */
    private static final int WAITING = 500_000;

    private final Set<Fix> fixed = new HashSet<>();
    private final List<Update> waiting = new ArrayList<>();
    private int count;

    private record Fix(String id, String name) {
        static Fix of(Advisory advisory) {
            return new Fix(advisory.id(), advisory.subject().name());
        }
    }

    private record Update(String document, List<Advisory> advisories) {}

    /** What is done with what an update says. */
    @FunctionalInterface
    interface Sink {
        void take(String document, List<Advisory> advisories) throws FeedException;
    }

    /** An update is released. */
    void released(List<Advisory> advisories) {
        advisories.forEach(advisory -> fixed.add(Fix.of(advisory)));
    }

    /** An update is to come. */
    void add(String document, List<Advisory> advisories) throws FeedException {
        count += advisories.size();
        if (count > WAITING) {
            throw new FeedException(document, null, "more than " + WAITING + " fixes that are not released");
        }
        waiting.add(new Update(document, advisories));
    }

    /** All updates were read. */
    void end(Sink sink) throws FeedException {
        for (Update update : waiting) {
            sink.take(
                    update.document,
                    update.advisories.stream()
                            .filter(advisory -> !fixed.contains(Fix.of(advisory)))
                            .toList());
        }
    }
}
