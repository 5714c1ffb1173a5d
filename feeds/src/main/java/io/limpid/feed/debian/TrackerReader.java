package io.limpid.feed.debian;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.PartReading;
import io.limpid.format.json.JsonStream;
import io.limpid.model.Advisory;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the tracker's JSON: source packages, in each its vulnerabilities, in each the releases. */
final class TrackerReader {
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,199}");
    /** {@code CVE-2012-0833}, {@code TEMP-0000000-0CA7E3}, and whatever else the tracker may come to number. */
    private static final Pattern ID = Pattern.compile("[A-Z][A-Za-z0-9]*-[A-Za-z0-9-]{1,60}");

    private static final Pattern CODENAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");

    /** All rows of a vulnerability are held until it is told. */
    private static final int RELEASES = 1000;

    private static final int CHARACTERS = 1000;

    private final Releases releases;
    private final Bulletins bulletins;
    private final PartReading reading;

    TrackerReader(Releases releases, Bulletins bulletins, PartReading reading) {
        this.releases = releases;
        this.bulletins = bulletins;
        this.reading = reading;
    }

    void read(FeedDocuments documents) throws IOException {
        long before = reading.seen();
        FeedJson.read(
                documents,
                DebianFeed.TRACKER,
                json -> json.object(source -> {
                    if (!json.isObject() || !PACKAGE.matcher(source).matches()) {
                        reading.skip(source, "not a source package with its vulnerabilities");
                        return;
                    }
                    json.object(id -> vulnerability(source, id, json));
                }));
        if (reading.seen() == before) {
            throw new FeedException(DebianFeed.TRACKER, null, "it says nothing of any package: not the tracker's data");
        }
    }

    private void vulnerability(String source, String id, JsonStream json) throws IOException {
        if (!json.isObject() || !ID.matcher(id).matches()) {
            reading.skip(source + " " + id, "not a vulnerability with its releases");
            return;
        }
        TrackerEntry entry = new TrackerEntry(source, id);
        json.object(member -> {
            switch (member) {
                case "description" -> entry.description = json.stringOrNull();
                case "debianbug" -> entry.bug = json.scalarOrNull();
                case "releases" -> {
                    // One that is in no release has an empty list in some copies.
                    if (json.isObject()) {
                        json.object(codename -> {
                            if (entry.rows.size() >= RELEASES) {
                                throw json.error("more than " + RELEASES + " releases");
                            }
                            entry.rows.put(codename, row(json));
                        });
                    } else if (json.isArray()) {
                        json.array(() -> reading.skip(source + " " + id, "its releases are a list"));
                    } else if (!json.isNull()) {
                        reading.skip(source + " " + id, "its releases are no object");
                    }
                }
                default -> {}
            }
        });
        tell(entry);
    }

    private static TrackerRow row(JsonStream json) throws IOException {
        TrackerRow row = new TrackerRow();
        if (json.isObject()) {
            json.object(member -> {
                switch (member) {
                    case "status" -> row.status = words(json);
                    case "fixed_version" -> row.fixedVersion = words(json);
                    case "urgency" -> row.urgency = words(json);
                    case "nodsa" -> row.nodsa = words(json);
                    case "nodsa_reason" -> row.nodsaReason = words(json);
                    default -> {}
                }
            });
        }
        return row;
    }

    private static @Nullable String words(JsonStream json) throws IOException {
        String text = json.stringOrNull();
        return text == null || text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS);
    }

    private void tell(TrackerEntry entry) throws FeedException {
        for (var one : entry.rows.entrySet()) {
            String codename = one.getKey();
            String wrong = CODENAME.matcher(codename).matches() ? one.getValue().wrong() : "not a release's name";
            if (wrong != null) {
                reading.skip(entry.source + " " + entry.id + " " + codename, wrong);
            } else {
                Advisory advisory = entry.advisory(
                        releases.namespace(codename), one.getValue(), bulletins.take(entry.source, entry.id, codename));
                reading.record(DebianFeed.TRACKER, List.of(advisory));
            }
        }
    }
}
