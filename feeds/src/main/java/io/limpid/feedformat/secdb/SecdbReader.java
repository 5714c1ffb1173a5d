package io.limpid.feedformat.secdb;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.PartReading;
import io.limpid.format.json.JsonStream;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.FixState;
import io.limpid.model.VersionRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads security databases in Alpine's form ("secdb"): source packages, and for each version what it fixed; in JSON, or in YAML as they once were.
 *
 * <p>Its names are those of the files that packages are built from, so advisories are about source packages ("origins") only. A binary package
 * that happens to have such a name but was built from something else has other versions: matched by name it would be found vulnerable for nothing.
 */
public final class SecdbReader {
    private static final String NEVER = "0";
    private static final int NAME_CHARACTERS = 200;
    private static final int TEXT_CHARACTERS = 1000;
    /** All of a package's are held until its name is known. */
    private static final int FIXES = 100_000;

    private final String feed;
    private final String namespace;
    private final UnaryOperator<String> page;
    private final PartReading reading;

    /**
     * @param feed the feed's name
     * @param namespace the release that the database is about
     * @param page from a vulnerability's name to the page about it
     * @param reading takes what is read
     */
    public SecdbReader(String feed, String namespace, UnaryOperator<String> page, PartReading reading) {
        this.feed = feed;
        this.namespace = namespace;
        this.page = page;
        this.reading = reading;
    }

    /**
     * What a document says of itself.
     *
     * @param release its {@code distroversion}: {@code v3.18}; null when it says none
     * @param repository its {@code reponame}: {@code main}; null when it says none
     * @param packages how many packages it lists
     */
    public record Header(@Nullable String release, @Nullable String repository, int packages) {}

    /**
     * Reads a document to its end.
     *
     * @return null when its publisher does not have it
     * @throws FeedException when it is no such database
     */
    public @Nullable Header read(FeedDocuments documents, String name) throws IOException {
        Document document = new Document(name);
        if (!FeedJson.read(new YamlDocuments(documents), name, document::read)) {
            return null;
        }
        if (!document.listed) {
            throw new FeedException(name, null, "it has no \"packages\": not a security database in Alpine's form");
        }
        return new Header(document.release, document.repository, document.packages);
    }

    /** A document while it is read. */
    private final class Document {
        private final String name;
        private @Nullable String release;
        private @Nullable String repository;
        private boolean listed;
        private int packages;

        private Document(String name) {
            this.name = name;
        }

        private void read(JsonStream json) throws IOException {
            json.object(member -> {
                switch (member) {
                    case "distroversion" -> release = json.stringOrNull();
                    case "reponame" -> repository = json.stringOrNull();
                    case "packages" -> {
                        listed = true;
                        list(json);
                    }
                    default -> {}
                }
            });
        }

        /** Without a package it is {@code []}, {@code null} or, as programs in Lua write an empty table, an empty object. */
        private void list(JsonStream json) throws IOException {
            if (json.isObject()) {
                json.object(_ -> {
                    throw json.error("expected an array of packages, found an object");
                });
            } else if (!json.isNull()) {
                json.array(() -> {
                    packages++;
                    element(json);
                });
            }
        }

        private void element(JsonStream json) throws IOException {
            if (!json.isObject()) {
                reading.skip(place(null), "not an object");
                return;
            }
            Entry entry = new Entry();
            json.object(member -> {
                if (member.equals("pkg") && json.isObject()) {
                    json.object(inner -> entry.member(inner, json));
                }
            });
            entry.tell();
        }

        private String place(@Nullable String what) {
            return name + ", package " + packages + (what == null ? "" : " (" + what + ")");
        }

        /** One package; its name may come after what was fixed. */
        private final class Entry {
            private @Nullable String origin;
            private boolean hasFixes;
            private final List<Fix> fixes = new ArrayList<>();

            private void member(String member, JsonStream json) throws IOException {
                if (member.equals("name")) {
                    origin = json.stringOrNull();
                } else if (member.equals("secfixes")) {
                    hasFixes = true;
                    if (json.isObject()) {
                        json.object(version -> fixed(version, json));
                    } else if (json.isArray()) {
                        json.array(() -> hasFixes = false);
                    } else {
                        hasFixes = json.isNull();
                    }
                }
            }

            private void fixed(String version, JsonStream json) throws IOException {
                if (json.isArray()) {
                    json.array(() -> add(version, json.stringOrNull(), json));
                } else if (json.isObject()) {
                    json.object(_ -> add(version, null, json));
                } else if (!json.isNull()) {
                    add(version, null, json);
                }
            }

            private void add(String version, @Nullable String names, JsonStream json) throws IOException {
                if (fixes.size() >= FIXES) {
                    throw json.error("more than " + FIXES + " vulnerabilities of one package");
                }
                fixes.add(new Fix(version, names == null || names.length() > TEXT_CHARACTERS ? null : names));
            }

            private void tell() throws FeedException {
                if (origin == null || origin.isEmpty() || origin.length() > NAME_CHARACTERS || !hasFixes) {
                    reading.skip(place(origin), "no package with a name and \"secfixes\"");
                    return;
                }
                for (Fix fix : fixes) {
                    tell(origin, fix.version, fix.names);
                }
            }

            private void tell(String origin, String version, @Nullable String text) throws FeedException {
                SecdbNames names = text == null ? SecdbNames.NONE : SecdbNames.of(text);
                if (names.ids().isEmpty() || version.isBlank() || version.length() > NAME_CHARACTERS) {
                    reading.skip(
                            place(origin + " " + version),
                            text == null ? "not the name of a vulnerability" : "no name of a vulnerability: " + text);
                    return;
                }
                reading.record(
                        name,
                        names.ids().stream()
                                .map(id -> advisory(origin, version, id, names))
                                .toList());
            }
        }
    }

    private record Fix(String version, @Nullable String names) {}

    private Advisory advisory(String origin, String version, String id, SecdbNames names) {
        boolean never = version.equals(NEVER);
        return new Advisory(
                id,
                names.aliases(),
                feed,
                AdvisorySubject.ofSource(namespace, origin),
                never ? FixState.NOT_AFFECTED : FixState.FIXED,
                // A version that is none of the scheme is kept: the matcher then says that it cannot compare, where to
                // drop it were to say "clean".
                never ? List.of() : List.of(VersionRange.before(version)),
                never ? null : version,
                List.of(),
                null,
                names.remark(),
                page.apply(id),
                List.of(),
                null,
                null);
    }
}
