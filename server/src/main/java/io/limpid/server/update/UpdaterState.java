package io.limpid.server.update;

import io.limpid.format.Printable;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the last run of one updater ended.
 *
 * @param took how long the run was, to the millisecond
 * @param failure why it failed, cut where it is long; null when it did not
 * @param vulnerabilities how many are stored of it now
 * @param appeared how many this run stored for the first time
 * @param changed how many it changed
 * @param disappeared how many it took away
 * @param notes what is missing or was held back though the run did not fail: a few, cut where they are long
 */
public record UpdaterState(
        Instant ended,
        Duration took,
        @Nullable String failure,
        long vulnerabilities,
        long appeared,
        long changed,
        long disappeared,
        List<String> notes) {
    static final int MAX_NOTES = 10;
    static final int SHOWN_OF_A_NOTE = 300;
    private static final int MAX_BYTES = 1 << 18;

    public UpdaterState {
        if (took.isNegative() || vulnerabilities < 0 || appeared < 0 || changed < 0 || disappeared < 0) {
            throw new IllegalArgumentException("less than nothing");
        }
        ended = ended.truncatedTo(ChronoUnit.MILLIS);
        took = took.truncatedTo(ChronoUnit.MILLIS);
        failure = failure == null ? null : cut(failure);
        notes = bounded(notes);
    }

    /** The state as one JSON object; {@link #of} reads it. */
    public String text() {
        StringBuilder json = new StringBuilder("{\"ended\":");
        string(json, ended.toString());
        json.append(",\"millis\":").append(took.toMillis());
        if (failure != null) {
            json.append(",\"failure\":");
            string(json, failure);
        }
        json.append(",\"vulnerabilities\":").append(vulnerabilities);
        json.append(",\"appeared\":").append(appeared);
        json.append(",\"changed\":").append(changed);
        json.append(",\"disappeared\":").append(disappeared);
        json.append(",\"notes\":[");
        String comma = "";
        for (String note : notes) {
            json.append(comma);
            string(json, note);
            comma = ",";
        }
        return json.append("]}").toString();
    }

    /**
     * Reads what {@link #text} wrote, in this version or another: members that it does not know are passed over, numbers that are not there
     * are 0.
     *
     * @return empty when it is no such object or makes no sense
     */
    public static Optional<UpdaterState> of(String text) {
        try {
            if (!(Json.parse(text.getBytes(StandardCharsets.UTF_8), MAX_BYTES, Limits.DEFAULT)
                    instanceof JsonObject state)) {
                return Optional.empty();
            }
            String ended = state.string("ended");
            if (ended == null) {
                return Optional.empty();
            }
            return Optional.of(new UpdaterState(
                    Instant.parse(ended),
                    Duration.ofMillis(number(state, "millis")),
                    state.string("failure"),
                    number(state, "vulnerabilities"),
                    number(state, "appeared"),
                    number(state, "changed"),
                    number(state, "disappeared"),
                    state.strings("notes")));
        } catch (JsonException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(JsonObject state, String name) throws JsonException {
        Long number = state.integer(name);
        return number == null ? 0 : number;
    }

    private static List<String> bounded(List<String> notes) {
        if (notes.size() <= MAX_NOTES) {
            return notes.stream().map(UpdaterState::cut).toList();
        }
        int kept = MAX_NOTES - 1;
        return Stream.concat(
                        notes.stream().limit(kept).map(UpdaterState::cut),
                        Stream.of("and " + (notes.size() - kept) + " more"))
                .toList();
    }

    private static String cut(String text) {
        return Printable.cut(text, SHOWN_OF_A_NOTE);
    }

    private static void string(StringBuilder json, String text) {
        json.append('"').append(Printable.json(text)).append('"');
    }
}
