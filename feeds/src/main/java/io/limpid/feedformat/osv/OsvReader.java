package io.limpid.feedformat.osv;

import io.limpid.feedformat.osv.OsvAffected.Event;
import io.limpid.format.json.JsonArray;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonStream;
import io.limpid.format.json.JsonString;
import io.limpid.format.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record in the form of OSV: of a document that is one record, of one that is an array of them, of a member of an archive.
 *
 * <p>What a publisher adds ({@code ecosystem_specific}, {@code database_specific}) is kept where its feed asks for it by name, and else passed over:
 * some are many times as large as all the rest. Numbers in it become their texts, truth values are left out.
 */
public final class OsvReader {
    /** What one record may hold, so that one of them cannot fill the memory. */
    private static final int CHARACTERS = 64 << 20;

    private static final int CHARACTERS_A_VALUE = 32;
    /** Of these each is compared with each. */
    private static final int RANGES = 100;

    private static final int EVENTS = 1000;
    private static final int VERSIONS = 20_000;
    private static final int DEPTH = 20;

    private final Set<String> specific;
    private long held;
    private @Nullable String odd;

    /**
     * @param specific the names of the members of {@code ecosystem_specific} and {@code database_specific} that are kept
     */
    public OsvReader(Set<String> specific) {
        this.specific = Set.copyOf(specific);
    }

    /**
     * Reads a record.
     *
     * @param json stands at its beginning, an object
     */
    public OsvRecord read(JsonStream json) throws IOException {
        held = 0;
        odd = null;
        Fields fields = new Fields();
        json.object(member -> fields.member(member, json));
        return fields.record();
    }

    /** The members of a record while it is read. */
    private final class Fields {
        private String id = "";
        private List<String> aliases = List.of();
        private List<String> related = List.of();
        private List<String> upstream = List.of();
        private @Nullable String summary;
        private @Nullable String details;
        private @Nullable String published;
        private @Nullable String modified;
        private @Nullable String withdrawn;
        private List<OsvRecord.Severity> severities = List.of();
        private final List<OsvAffected> affected = new ArrayList<>();
        private final List<OsvRecord.Reference> references = new ArrayList<>();
        private JsonObject own = NOTHING;

        private void member(String member, JsonStream json) throws IOException {
            switch (member) {
                case "id" -> {
                    String name = text(json);
                    id = name == null ? "" : name;
                }
                case "aliases" -> aliases = texts(json);
                case "related" -> related = texts(json);
                case "upstream" -> upstream = texts(json);
                case "summary" -> summary = text(json);
                case "details" -> details = text(json);
                case "published" -> published = text(json);
                case "modified" -> modified = text(json);
                case "withdrawn" -> withdrawn = text(json);
                case "severity" -> severities = severities(json);
                case "affected" -> each(json, () -> affected.add(affected(json)));
                case "references" -> each(json, () -> reference(json));
                case "database_specific" -> own = specific(json);
                default -> {}
            }
        }

        private void reference(JsonStream json) throws IOException {
            Map<String, String> said = strings(json);
            String url = said.get("url");
            if (url != null) {
                references.add(new OsvRecord.Reference(said.getOrDefault("type", ""), url));
            }
        }

        private OsvRecord record() {
            return new OsvRecord(
                    id,
                    aliases,
                    related,
                    upstream,
                    summary,
                    details,
                    severities,
                    affected,
                    references,
                    published,
                    modified,
                    withdrawn,
                    own,
                    odd);
        }
    }

    private static final JsonObject NOTHING = new JsonObject(Map.of());

    private OsvAffected affected(JsonStream json) throws IOException {
        Map<String, String> named = new LinkedHashMap<>();
        List<OsvAffected.Range> ranges = new ArrayList<>();
        List<List<String>> versions = new ArrayList<>(1);
        List<List<OsvRecord.Severity>> severities = new ArrayList<>(1);
        Map<String, JsonObject> specifics = new LinkedHashMap<>();
        object(json, member -> {
            switch (member) {
                case "package" -> named.putAll(strings(json));
                case "severity" -> severities.add(severities(json));
                case "ranges" -> {
                    each(json, () -> ranges.add(range(json)));
                    bounded(json, ranges, RANGES);
                }
                case "versions" -> versions.add(bounded(json, texts(json), VERSIONS));
                case "ecosystem_specific", "database_specific" -> specifics.put(member, specific(json));
                default -> {}
            }
        });
        return new OsvAffected(
                named.getOrDefault("ecosystem", ""),
                named.getOrDefault("name", ""),
                named.get("purl"),
                severities.isEmpty() ? List.of() : severities.getFirst(),
                ranges,
                versions.isEmpty() ? List.of() : versions.getFirst(),
                specifics.getOrDefault("ecosystem_specific", NOTHING),
                specifics.getOrDefault("database_specific", NOTHING));
    }

    private OsvAffected.Range range(JsonStream json) throws IOException {
        List<String> type = new ArrayList<>(1);
        List<Event> events = new ArrayList<>(2);
        List<JsonObject> own = new ArrayList<>(1);
        object(json, member -> {
            switch (member) {
                case "type" -> {
                    String said = text(json);
                    type.add(said == null ? "" : said);
                }
                case "events" -> {
                    each(json, () -> events(json, events));
                    bounded(json, events, EVENTS);
                }
                case "database_specific" -> own.add(specific(json));
                default -> {}
            }
        });
        return new OsvAffected.Range(
                type.isEmpty() ? "" : type.getFirst(), events, own.isEmpty() ? NOTHING : own.getFirst());
    }

    private static <T> List<T> bounded(JsonStream json, List<T> list, int most) throws IOException {
        if (list.size() > most) {
            throw json.error("more than " + most + " elements");
        }
        return list;
    }

    private void events(JsonStream json, List<Event> events) throws IOException {
        strings(json).forEach((what, version) -> {
            Event.@Nullable Kind kind = switch (what) {
                case "introduced" -> Event.Kind.INTRODUCED;
                case "fixed" -> Event.Kind.FIXED;
                case "last_affected" -> Event.Kind.LAST_AFFECTED;
                case "limit" -> Event.Kind.LIMIT;
                default -> null;
            };
            if (kind == null) {
                strange("an event of an unknown kind: " + what);
            } else {
                events.add(new Event(kind, version));
            }
        });
    }

    private List<OsvRecord.Severity> severities(JsonStream json) throws IOException {
        List<OsvRecord.Severity> severities = new ArrayList<>(2);
        each(json, () -> {
            Map<String, String> said = strings(json);
            String type = said.get("type");
            String score = said.get("score");
            if (type != null && score != null) {
                OsvRecord.Severity severity = new OsvRecord.Severity(type, score);
                // Some publishers write each twice.
                if (!severities.contains(severity)) {
                    severities.add(severity);
                }
            }
        });
        return severities;
    }

    /** The members of an object that are strings. */
    private Map<String, String> strings(JsonStream json) throws IOException {
        Map<String, String> strings = new LinkedHashMap<>();
        object(json, member -> {
            String value = text(json);
            if (value != null) {
                strings.put(member, value);
            }
        });
        return strings;
    }

    private List<String> texts(JsonStream json) throws IOException {
        List<String> texts = new ArrayList<>();
        each(json, () -> {
            String text = text(json);
            if (text != null) {
                texts.add(text);
            }
        });
        return texts;
    }

    private @Nullable String text(JsonStream json) throws IOException {
        String text = json.stringOrNull();
        if (text == null && !json.isNull()) {
            strange("something else where a text is expected");
        }
        hold(json, text == null ? 0 : text.length());
        return text;
    }

    private void object(JsonStream json, JsonStream.Member reader) throws IOException {
        hold(json, 0);
        if (json.isObject()) {
            json.object(reader);
        } else if (!json.isNull()) {
            strange("something else where an object is expected");
        }
    }

    private void each(JsonStream json, JsonStream.Element reader) throws IOException {
        if (json.isArray()) {
            json.array(reader);
        } else if (!json.isNull()) {
            strange("something else where an array is expected");
        }
    }

    private JsonObject specific(JsonStream json) throws IOException {
        if (specific.isEmpty() || !json.isObject()) {
            return NOTHING;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        json.object(member -> {
            if (specific.contains(member)) {
                JsonValue value = value(json, 1);
                if (value != null) {
                    members.put(member, value);
                }
            }
        });
        return members.isEmpty() ? NOTHING : new JsonObject(members);
    }

    private @Nullable JsonValue value(JsonStream json, int depth) throws IOException {
        if (depth > DEPTH) {
            throw json.error("what is specific to a publisher is nested more than " + DEPTH + " deep");
        }
        hold(json, 0);
        if (json.isObject()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            json.object(member -> {
                JsonValue value = value(json, depth + 1);
                if (value != null) {
                    members.put(member, value);
                }
            });
            return new JsonObject(members);
        }
        if (json.isArray()) {
            List<JsonValue> elements = new ArrayList<>();
            json.array(() -> {
                JsonValue value = value(json, depth + 1);
                if (value != null) {
                    elements.add(value);
                }
            });
            return new JsonArray(elements);
        }
        String text = json.scalarOrNull();
        hold(json, text == null ? 0 : text.length());
        return text == null ? null : new JsonString(text);
    }

    private void hold(JsonStream json, int characters) throws IOException {
        held += CHARACTERS_A_VALUE + characters;
        if (held > CHARACTERS) {
            throw json.error("a record of more than " + CHARACTERS + " characters");
        }
    }

    private void strange(String what) {
        if (odd == null) {
            odd = what;
        }
    }
}
