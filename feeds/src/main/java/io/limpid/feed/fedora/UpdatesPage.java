package io.limpid.feed.fedora;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.updateinfo.Erratum;
import io.limpid.feedformat.updateinfo.Erratum.Named;
import io.limpid.feedformat.updateinfo.RpmBuild;
import io.limpid.feedformat.updateinfo.RpmDate;
import io.limpid.format.json.JsonStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a page of Bodhi's updates. */
final class UpdatesPage {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CHARACTERS = Pattern.compile("[\\x20-\\x7e]{1,300}");
    private static final Set<String> RELEASED = Set.of("stable");
    private static final Set<String> TO_COME = Set.of("pending", "testing");
    private static final Set<String> GONE = Set.of("obsolete", "unpushed", "side_tag_active", "side_tag_expired");
    private static final int BUILDS = 10_000;
    private static final int BUGS = 10_000;

    private final String document;
    private final String release;
    private final PartReading reading;
    private int count;

    UpdatesPage(String document, String release, PartReading reading) {
        this.document = document;
        this.release = release;
        this.reading = reading;
    }

    /** What is done with an update. */
    @FunctionalInterface
    interface Sink {
        void take(Erratum erratum) throws IOException;
    }

    /** How many pages with so many updates there must be, by what the first says. */
    static int pages(FeedDocuments documents, String first, int onAPage, int most) throws IOException {
        int[] total = {-1};
        FeedJson.read(
                documents,
                first,
                json -> json.object(member -> {
                    if (member.equals("total")) {
                        String text = json.scalarOrNull();
                        total[0] = text != null && DIGITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
                    }
                }));
        if (total[0] < 0) {
            throw new FeedException(first, null, "it does not say how many updates there are: no page of Bodhi's");
        }
        int pages = Math.max(1, (total[0] + onAPage - 1) / onAPage);
        if (pages > most) {
            throw new FeedException(first, null, "it speaks of " + total[0] + " updates");
        }
        return pages;
    }

    /** Reads the page to its end; nothing when it is not there. */
    void read(FeedDocuments documents, Sink sink) throws IOException {
        boolean[] listed = {false};
        boolean there = FeedJson.read(
                documents,
                document,
                json -> json.object(member -> {
                    if (member.equals("updates")) {
                        listed[0] = true;
                        json.array(() -> update(json, sink));
                    }
                }));
        if (there && !listed[0]) {
            throw new FeedException(document, null, "it lists no updates: no page of Bodhi's");
        }
    }

    private void update(JsonStream json, Sink sink) throws IOException {
        count++;
        if (!json.isObject()) {
            reading.skip(document + ", update " + count, "not an object");
            return;
        }
        Entry entry = new Entry();
        json.object(member -> entry.member(member, json));
        if (entry.id == null || !Erratum.ID.matcher(entry.id).matches()) {
            reading.skip(document + ", update " + count, "it has no name");
        } else if (entry.release != null && !entry.release.equals(release)) {
            reading.skip(document + ", " + entry.id, "it is of release " + entry.release + ", not " + release);
        } else if (RELEASED.contains(entry.status) || TO_COME.contains(entry.status)) {
            sink.take(entry.erratum(entry.id));
        } else if (!GONE.contains(entry.status)) {
            reading.skip(document + ", " + entry.id, "its status is not known: " + entry.status);
        }
    }

    /** An update while it is read. */
    private final class Entry {
        private @Nullable String id;
        private String status = "";
        private @Nullable String type;
        private @Nullable String release;
        private @Nullable String title;
        private @Nullable String name;
        private @Nullable String notes;
        private @Nullable String severity;
        private @Nullable String published;
        private @Nullable String modified;
        private final Set<String> cves = new TreeSet<>();
        private final List<RpmBuild> builds = new ArrayList<>();
        private int bugs;

        private void member(String member, JsonStream json) throws IOException {
            switch (member) {
                case "alias" -> id = json.stringOrNull();
                case "status" -> {
                    String word = json.stringOrNull();
                    status = word == null ? "" : word;
                }
                case "type" -> type = json.stringOrNull();
                case "title" -> title = FeedJson.textOrNull(json);
                case "display_name" -> name = FeedJson.textOrNull(json);
                case "notes" -> notes = FeedJson.textOrNull(json);
                case "severity" -> severity = FeedJson.textOrNull(json);
                case "date_stable" -> published = RpmDate.of(json.stringOrNull());
                case "date_modified" -> modified = RpmDate.of(json.stringOrNull());
                case "release" -> {
                    if (json.isObject()) {
                        json.object(inner -> {
                            if (inner.equals("version")) {
                                release = json.scalarOrNull();
                            }
                        });
                    }
                }
                case "bugs" -> {
                    if (json.isArray()) {
                        json.array(() -> bug(json));
                    }
                }
                case "builds" -> {
                    if (json.isArray()) {
                        json.array(() -> build(json));
                    }
                }
                default -> {}
            }
        }

        private void bug(JsonStream json) throws IOException {
            if (++bugs > BUGS) {
                throw json.error("more than " + BUGS + " bugs");
            }
            if (json.isObject()) {
                json.object(member -> {
                    if (member.equals("title")) {
                        String text = json.stringOrNull();
                        cves.addAll(text == null ? List.of() : Erratum.cves(text));
                    }
                });
            }
        }

        private void build(JsonStream json) throws IOException {
            @Nullable String[] texts = new @Nullable String[3];
            if (json.isObject()) {
                json.object(member -> {
                    switch (member) {
                        case "nvr" -> texts[0] = json.stringOrNull();
                        case "epoch" -> texts[1] = json.scalarOrNull();
                        case "type" -> texts[2] = json.stringOrNull();
                        default -> {}
                    }
                });
            }
            String nvr = texts[0];
            if (nvr == null || !CHARACTERS.matcher(nvr).matches()) {
                reading.skip(document + ", " + id, "a build without a name: " + nvr);
                return;
            }
            if (texts[2] != null && !texts[2].equals("rpm")) {
                if (texts[2].equals("module")) {
                    reading.skip(document + ", " + id, "a module, of whose packages nothing is said: " + nvr);
                }
                return;
            }
            RpmBuild build = RpmBuild.named(nvr, texts[1], false);
            if (build == null || builds.size() >= BUILDS) {
                reading.skip(document + ", " + id, "no package with a version: " + nvr);
            } else {
                builds.add(build);
            }
        }

        private Erratum erratum(String alias) {
            for (String text : new @Nullable String[] {name, title, notes}) {
                cves.addAll(text == null ? List.of() : Erratum.cves(text));
            }
            return new Erratum(
                    alias,
                    "security".equals(type),
                    RELEASED.contains(status),
                    cves.stream().map(Named::new).toList(),
                    title,
                    notes,
                    severity,
                    List.of(),
                    published,
                    modified,
                    builds);
        }
    }
}
