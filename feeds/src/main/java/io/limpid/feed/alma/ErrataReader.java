package io.limpid.feed.alma;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedJson;
import io.limpid.feed.FeedLink;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.updateinfo.Erratum;
import io.limpid.feedformat.updateinfo.Erratum.Named;
import io.limpid.feedformat.updateinfo.ModularErrata;
import io.limpid.feedformat.updateinfo.RpmBuild;
import io.limpid.feedformat.updateinfo.RpmDate;
import io.limpid.format.json.JsonStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads AlmaLinux's errata, erratum by erratum: {@code errata.full.json}, and the {@code errata.json} before it, a list whose members are called
 * otherwise.
 */
final class ErrataReader {
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{12,14}");
    private static final int BUILDS = 100_000;
    private static final int REFERENCES = 10_000;
    private static final int CHARACTERS = 1000;

    private final String document;
    private final PartReading reading;
    private int count;

    ErrataReader(String document, PartReading reading) {
        this.document = document;
        this.reading = reading;
    }

    /** What is done with an erratum. */
    @FunctionalInterface
    interface Sink {
        void take(Erratum erratum) throws IOException;
    }

    /**
     * Reads the document to its end.
     *
     * @return how many errata are in it, -1 when its publisher does not have it
     */
    int read(FeedDocuments documents, Sink sink) throws IOException {
        boolean there = FeedJson.read(documents, document, json -> {
            if (json.isArray()) {
                json.array(() -> erratum(json, sink));
            } else {
                json.object(member -> {
                    if (member.equals("data")) {
                        json.array(() -> erratum(json, sink));
                    }
                });
            }
        });
        return there ? count : -1;
    }

    private void erratum(JsonStream json, Sink sink) throws IOException {
        count++;
        if (!json.isObject()) {
            reading.skip(document + ", erratum " + count, "not an object");
            return;
        }
        Entry entry = new Entry();
        json.object(member -> entry.member(member, json));
        if (entry.id == null || !Erratum.ID.matcher(entry.id).matches()) {
            reading.skip(document + ", erratum " + count, "it has no name");
            return;
        }
        if (!entry.listed) {
            reading.skip(document + ", " + entry.id, "it has no list of packages");
            return;
        }
        sink.take(entry.erratum(entry.id));
    }

    /** An erratum while it is read. */
    private final class Entry {
        private @Nullable String id;
        private @Nullable String type;
        private @Nullable String title;
        private @Nullable String description;
        private @Nullable String severity;
        private @Nullable String issued;
        private @Nullable String updated;
        private boolean listed;
        private final Set<String> cves = new TreeSet<>();
        private final Set<String> links = new LinkedHashSet<>();
        private final List<RpmBuild> builds = new ArrayList<>();

        private void member(String name, JsonStream json) throws IOException {
            switch (name) {
                case "id", "updateinfo_id" -> id = json.stringOrNull();
                case "type" -> type = json.stringOrNull();
                case "title" -> title = FeedJson.textOrNull(json);
                case "description" -> description = FeedJson.textOrNull(json);
                case "severity" -> severity = FeedJson.textOrNull(json);
                case "issued_date" -> issued = date(json);
                case "updated_date" -> updated = date(json);
                case "references" -> references(json);
                case "packages" -> packages(json);
                case "pkglist" -> pkglist(json);
                default -> {}
            }
        }

        private void pkglist(JsonStream json) throws IOException {
            if (json.isArray()) {
                json.array(() -> pkglist(json));
            } else if (json.isObject()) {
                int before = builds.size();
                @Nullable String[] module = new @Nullable String[2];
                json.object(member -> {
                    if (member.equals("packages")) {
                        packages(json);
                    } else if (member.equals("module") && json.isObject()) {
                        json.object(inner -> {
                            switch (inner) {
                                case "name" -> module[0] = json.scalarOrNull();
                                case "stream" -> module[1] = json.scalarOrNull();
                                default -> {}
                            }
                        });
                    }
                });
                if (module[0] != null && module[1] != null) {
                    List<RpmBuild> listed = builds.subList(before, builds.size());
                    List<RpmBuild> named = ModularErrata.in(List.of(module[0] + ":" + module[1]), listed);
                    listed.clear();
                    builds.addAll(named);
                }
            }
        }

        private void references(JsonStream json) throws IOException {
            if (!json.isArray()) {
                return;
            }
            json.array(() -> {
                if (!json.isObject()) {
                    return;
                }
                @Nullable String[] texts = new @Nullable String[3];
                json.object(member -> {
                    switch (member) {
                        case "type" -> texts[0] = json.stringOrNull();
                        case "id" -> texts[1] = json.stringOrNull();
                        case "href" -> texts[2] = json.stringOrNull();
                        default -> {}
                    }
                });
                if (cves.size() + links.size() > REFERENCES) {
                    throw json.error("more than " + REFERENCES + " references");
                }
                if ("cve".equals(texts[0]) && texts[1] != null) {
                    cves.addAll(Erratum.cves(texts[1]));
                }
                if (FeedLink.isOne(texts[2])) {
                    links.add(texts[2]);
                }
            });
        }

        private void packages(JsonStream json) throws IOException {
            listed = json.isArray();
            if (!listed) {
                return;
            }
            json.array(() -> {
                if (builds.size() >= BUILDS) {
                    throw json.error("more than " + BUILDS + " packages");
                }
                @Nullable String[] parts = new @Nullable String[6];
                if (json.isObject()) {
                    json.object(member -> {
                        int part = switch (member) {
                            case "name" -> 0;
                            case "epoch" -> 1;
                            case "version" -> 2;
                            case "release" -> 3;
                            case "arch" -> 4;
                            case "module" -> 5;
                            default -> -1;
                        };
                        if (part >= 0) {
                            parts[part] = json.scalarOrNull();
                        }
                    });
                }
                RpmBuild build = RpmBuild.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
                if (build == null) {
                    reading.skip(
                            document + ", erratum " + count, "no package with a version: " + parts[0] + " " + parts[2]);
                } else {
                    builds.add(build);
                }
            });
        }

        private Erratum erratum(String name) {
            return new Erratum(
                    name,
                    "security".equals(type),
                    true,
                    cves.stream().map(Named::new).toList(),
                    title,
                    description,
                    severity,
                    List.copyOf(links),
                    issued,
                    updated,
                    builds);
        }
    }

    /** Seconds, or as MongoDB writes a moment: {@code {"$date": 1629790196000}}. */
    private static @Nullable String date(JsonStream json) throws IOException {
        if (!json.isObject()) {
            return dateOf(json.scalarOrNull());
        }
        @Nullable String[] date = {null};
        json.object(member -> {
            if (member.equals("$date")) {
                date[0] = dateOf(json.scalarOrNull());
            }
        });
        return date[0];
    }

    private static @Nullable String dateOf(@Nullable String text) {
        if (text == null || text.length() > CHARACTERS) {
            return null;
        }
        return MILLISECONDS.matcher(text).matches()
                ? Instant.ofEpochMilli(Long.parseLong(text)).toString()
                : RpmDate.of(text);
    }
}
