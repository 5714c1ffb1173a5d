package io.limpid.feed.wolfi;

import io.limpid.feed.PartReading;
import io.limpid.feedformat.secdb.Statement;
import io.limpid.format.json.JsonStream;
import io.limpid.model.FixState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The advisories on one package, each with what came to be known of it in time; the latest is what counts. */
final class AdvisoryFile {
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,199}");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]*-[A-Za-z0-9-]{1,60}");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
    private static final int VERSION_CHARACTERS = 200;
    private static final int NOTE_CHARACTERS = 1000;
    /** All of a package's are held until its name is known. */
    private static final int ADVISORIES = 100_000;

    private static final int NAMES = 100;

    private final String document;
    private final PartReading reading;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String schema;
    private @Nullable String origin;

    /**
     * @param document its name, for what is told
     * @param reading is told what makes no sense
     */
    AdvisoryFile(String document, PartReading reading) {
        this.document = document;
        this.reading = reading;
    }

    void read(JsonStream json) throws IOException {
        json.object(member -> {
            switch (member) {
                case "schema-version" -> schema = json.stringOrNull();
                case "package" -> {
                    if (json.isObject()) {
                        json.object(inner -> {
                            if (inner.equals("name")) {
                                origin = json.stringOrNull();
                            }
                        });
                    }
                }
                case "advisories" -> {
                    if (!json.isNull()) {
                        json.array(() -> {
                            if (entries.size() >= ADVISORIES) {
                                throw json.error("more than " + ADVISORIES + " advisories");
                            }
                            entries.add(Entry.read(json));
                        });
                    }
                }
                default -> {}
            }
        });
    }

    /** What was read of it; what makes no sense is told. */
    List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        if (schema == null
                || !schema.matches("2(\\..*)?")
                || origin == null
                || !PACKAGE.matcher(origin).matches()) {
            reading.skip(
                    document, "no advisories in the form of schema version 2 on a package: " + schema + ", " + origin);
            return statements;
        }
        for (Entry entry : entries) {
            String wrong = entry.wrong();
            if (wrong == null) {
                statements.add(entry.statement(origin));
                for (String leftOut : entry.leftOut) {
                    reading.leftOut(document + " " + entry.names, leftOut);
                }
            } else {
                reading.skip(document + " " + entry.names, wrong);
            }
        }
        return statements;
    }

    /** What is known of a vulnerability while it is read. */
    private static final class Entry {
        /** Its own name is the last. */
        private final List<String> names = new ArrayList<>();

        private @Nullable String id;
        private @Nullable String first;
        private @Nullable Event latest;
        /** In the file, whenever it was. */
        private @Nullable Event last;

        private boolean undated;
        private final List<String> leftOut = new ArrayList<>(0);

        static Entry read(JsonStream json) throws IOException {
            Entry entry = new Entry();
            if (!json.isObject()) {
                return entry;
            }
            json.object(member -> {
                switch (member) {
                    case "id" -> entry.id = json.stringOrNull();
                    case "aliases" -> {
                        if (json.isArray()) {
                            json.array(() -> entry.name(json.stringOrNull()));
                        }
                    }
                    case "events" -> {
                        if (json.isArray()) {
                            json.array(() -> entry.event(Event.read(json)));
                        }
                    }
                    default -> {}
                }
            });
            entry.name(entry.id);
            return entry;
        }

        private void name(@Nullable String name) {
            if (name == null || names.size() >= NAMES || !NAME.matcher(name).matches()) {
                leaveOut("no name of a vulnerability, or one too many: " + name);
            } else if (!names.contains(name)) {
                names.add(name);
            }
        }

        private void leaveOut(String what) {
            if (leftOut.size() < NAMES) {
                leftOut.add(what);
            }
        }

        private void event(Event event) {
            last = event;
            if (event.time == null || !MOMENT.matcher(event.time).matches()) {
                leaveOut("no moment of an event: " + event.time);
                event.time = null;
                undated = true;
                return;
            }
            if (first == null || event.time.compareTo(first) < 0) {
                first = event.time;
            }
            // Of two at the same time the later one in the file.
            if (latest == null || event.time.compareTo(String.valueOf(latest.time)) >= 0) {
                latest = event;
            }
        }

        /** What is known in the end; where a moment cannot be read, the file's order counts, in which one event is written after the other. */
        private @Nullable Event counting() {
            return undated ? last : latest;
        }

        /** Why this makes no sense; null when it does. */
        @Nullable
        String wrong() {
            Event latest = counting();
            if (names.isEmpty() || latest == null) {
                return "no vulnerability with names and events in time";
            }
            String version = latest.fixedVersion;
            if ("fixed".equals(latest.type)
                    && (version == null || version.isBlank() || version.length() > VERSION_CHARACTERS)) {
                return "fixed in no version: " + version;
            }
            return latest.state() == null ? "an event that is not known: " + latest.type : null;
        }

        /** What an entry that has nothing {@link #wrong} says. */
        Statement statement(String origin) {
            Event counting = counting();
            Event event = counting == null ? new Event() : counting;
            FixState state = event.state() == null ? FixState.UNDER_INVESTIGATION : event.state();
            boolean fixed = state == FixState.FIXED;
            return new Statement(
                    origin,
                    names,
                    state,
                    fixed ? event.fixedVersion : null,
                    fixed ? null : event.reason(),
                    first,
                    event.time == null && latest != null ? latest.time : event.time);
        }
    }

    /** What came to be known at a time. */
    private static final class Event {
        private @Nullable String time;
        private @Nullable String type;
        private @Nullable String fixedVersion;
        private @Nullable String note;

        static Event read(JsonStream json) throws IOException {
            Event event = new Event();
            if (json.isObject()) {
                json.object(member -> {
                    switch (member) {
                        case "timestamp" -> event.time = json.stringOrNull();
                        case "type" -> event.type = json.stringOrNull();
                        case "data" -> {
                            if (json.isObject()) {
                                json.object(inner -> {
                                    switch (inner) {
                                        case "fixed-version" -> event.fixedVersion = json.stringOrNull();
                                        case "note" -> event.note = json.stringOrNull();
                                        default -> {}
                                    }
                                });
                            }
                        }
                        default -> {}
                    }
                });
            }
            return event;
        }

        /** The note, or, where there is none, the kind of event. */
        @Nullable
        String reason() {
            String text = note == null || note.isBlank() ? type : note.strip();
            return text == null || text.length() <= NOTE_CHARACTERS ? text : text.substring(0, NOTE_CHARACTERS);
        }

        /** What it says; null when it is a word that is not known. */
        @Nullable
        FixState state() {
            return switch (String.valueOf(type)) {
                case "fixed" -> FixState.FIXED;
                case "false-positive-determination" -> FixState.NOT_AFFECTED;
                case "fix-not-planned" -> FixState.WILL_NOT_FIX;
                case "true-positive-determination", "pending-upstream-fix" -> FixState.AFFECTED;
                // A scanner found it, and nobody has looked; or nobody is going to.
                case "detection", "analysis-not-planned" -> FixState.UNDER_INVESTIGATION;
                default -> null;
            };
        }
    }
}
