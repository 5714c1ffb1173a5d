package io.limpid.snapshot;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of the updates of a part; kept beside its snapshot, and never needed to read that.
 *
 * @param attempt when the last one began, null when none is known of
 * @param success when the last one ended with the newest data there are, null when none is known of; about the generation, too
 * @param checked when the publisher was last asked whether there is something newer than the generation, null when it is not known
 * @param generation the generation that {@code checked} is about; of another one it says nothing
 * @param error why the last one brought nothing, or that the part was rolled back since; null when neither
 * @param took how long the last one took, null when it is not known
 * @param change how a generation differs from the one before it, null when it is not known
 */
public record PartStatus(
        @Nullable Instant attempt,
        @Nullable Instant success,
        @Nullable Instant checked,
        long generation,
        @Nullable String error,
        @Nullable Duration took,
        @Nullable Change change) {
    static final PartStatus NONE = new PartStatus(null, null, null, 0, null, null, null);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /**
     * How a generation came to be the current one.
     *
     * @param generation the generation that this is about
     * @param difference how it differs from the one before
     * @param by who brought it
     */
    public record Change(long generation, Difference difference, By by) {

        /** What brings a generation. */
        public enum By {
            UPDATE,
            IMPORT,
            ROLLBACK;

            /** As the status file and reports for programs name it. */
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** When the publisher was last asked about what a snapshot has; at the latest it was when that was fetched. */
    Instant checked(SnapshotHeader header) {
        return checked != null && generation == header.generation() ? checked : header.fetchedAt();
    }

    /**
     * When a snapshot was last known to be the newest there is; at the latest it was when that was fetched.
     *
     * <p>That newer data are held back makes what is there no newer: it gets old, however often the publisher is asked.
     */
    Instant newest(SnapshotHeader header) {
        return success != null && generation == header.generation() ? success : header.fetchedAt();
    }

    /** A new generation is there. */
    static PartStatus changed(Instant begun, Instant now, SnapshotHeader header, Difference difference) {
        Change change = new Change(header.generation(), difference, Change.By.UPDATE);
        return new PartStatus(begun, now, now, header.generation(), null, Duration.between(begun, now), change);
    }

    /** What is there is the newest. */
    PartStatus confirmed(Instant begun, Instant now, SnapshotHeader header) {
        return new PartStatus(
                begun, now, now, header.generation(), null, Duration.between(begun, now), changeOf(header));
    }

    /** How a generation differs from the one before it, null when that is not known. */
    public @Nullable Change changeOf(SnapshotHeader header) {
        return change != null && change.generation == header.generation() ? change : null;
    }

    /** Newer data are held back from a snapshot; the publisher was asked all the same, and need not be again with every scan. */
    PartStatus heldBack(Instant begun, Instant now, UpdateOutcome.HeldBack held) {
        long kept = held.kept().generation();
        // A success of another generation says nothing of this one.
        return new PartStatus(
                begun,
                generation == kept ? success : null,
                now,
                kept,
                "held back: " + held.reason(),
                Duration.between(begun, now),
                changeOf(held.kept()));
    }

    PartStatus failed(Instant begun, Instant now, String why) {
        return new PartStatus(begun, success, checked, generation, why, Duration.between(begun, now), change);
    }

    /** The status file: a line a fact. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "attempt", attempt);
        line(text, "success", success);
        line(text, "checked", checked);
        line(text, "generation", generation);
        line(text, "error", error == null ? null : error.replaceAll("\\R", " "));
        line(text, "took-ms", took == null ? null : Math.max(0, took.toMillis()));
        if (change != null) {
            line(text, "change-generation", change.generation);
            line(text, "change-by", change.by.word());
            line(text, "added", change.difference.added());
            line(text, "removed", change.difference.removed());
            line(text, "changed", change.difference.changed());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) {
            text.append(name).append('=').append(value).append('\n');
        }
    }

    /** Reads a status file; of what makes no sense nothing is known, and lines with other names are of another version. */
    static PartStatus parse(String text) {
        Map<String, String> facts = new HashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                facts.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        Long generation = number(facts.get("generation"));
        Long took = number(facts.get("took-ms"));
        return new PartStatus(
                instant(facts.get("attempt")),
                instant(facts.get("success")),
                instant(facts.get("checked")),
                generation == null ? 0 : generation,
                facts.get("error"),
                took == null ? null : Duration.ofMillis(took),
                change(facts));
    }

    private static @Nullable Change change(Map<String, String> facts) {
        Long generation = number(facts.get("change-generation"));
        Long added = number(facts.get("added"));
        Long removed = number(facts.get("removed"));
        Long changed = number(facts.get("changed"));
        if (generation == null || added == null || removed == null || changed == null) {
            return null;
        }
        for (Change.By by : Change.By.values()) {
            if (by.word().equals(facts.get("change-by"))) {
                return new Change(generation, new Difference(added, removed, changed), by);
            }
        }
        return null;
    }

    private static @Nullable Long number(@Nullable String text) {
        return text != null && NUMBER.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
