package io.limpid.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the updates of a part; kept beside its snapshot, and never needed to read that.
 *
 * @param attempt when the last one began, null when none is known of
 * @param success when the last one ended with the newest data there are, null when none is known of; about the generation, too
 * @param checked when the publisher was last asked whether there is something newer than the generation, null when it is not known
 * @param generation the generation that {@code checked} is about; of another one it says nothing
 * @param error why the last one brought nothing, null when it did
 */
public record PartStatus(
        @Nullable Instant attempt,
        @Nullable Instant success,
        @Nullable Instant checked,
        long generation,
        @Nullable String error) {
    static final PartStatus NONE = new PartStatus(null, null, null, 0, null);

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

    /** Newer data are held back from a snapshot; the publisher was asked all the same, and need not be again with every scan. */
    PartStatus heldBack(Instant begun, Instant now, UpdateOutcome.HeldBack held) {
        long kept = held.kept().generation();
        // A success of another generation says nothing of this one.
        return new PartStatus(begun, generation == kept ? success : null, now, kept, "held back: " + held.reason());
    }

    PartStatus failed(Instant at, String why) {
        return new PartStatus(at, success, checked, generation, why);
    }

    /** The status file: a line a fact. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "attempt", attempt);
        line(text, "success", success);
        line(text, "checked", checked);
        line(text, "generation", generation);
        line(text, "error", error == null ? null : error.replaceAll("\\R", " "));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) {
            text.append(name).append('=').append(value).append('\n');
        }
    }

    /** Reads a status file; of what makes no sense nothing is known. */
    static PartStatus parse(String text) {
        Map<String, String> facts = new HashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                facts.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        String generation = facts.getOrDefault("generation", "");
        return new PartStatus(
                instant(facts.get("attempt")),
                instant(facts.get("success")),
                instant(facts.get("checked")),
                generation.matches("[0-9]{1,18}") ? Long.parseLong(generation) : 0,
                facts.get("error"));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
