package io.limpid.feedformat.secdb;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.PartReading;
import io.limpid.format.json.JsonStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads security databases in Alpine's form ("secdb"): source packages, and for each version what it fixed; in JSON, or in YAML as they once were.
 *
 * <p>Its names are those of the files that packages are built from: source packages ("origins"). A binary package that happens to have such a name
 * but was built from something else has other versions: matched by name it would be found vulnerable for nothing.
 */
public final class SecdbReader {
    private static final int NAME_CHARACTERS = 200;
    private static final int TEXT_CHARACTERS = 1000;
    /** All of a package's are held until its name is known. */
    private static final int FIXES = 100_000;

    private final PartReading reading;
    private final Told told;

    /**
     * @param reading is told what makes no sense
     * @param told takes what is read
     */
    public SecdbReader(PartReading reading, Told told) {
        this.reading = reading;
        this.told = told;
    }

    /** What is done with what a database says of one source package. */
    @FunctionalInterface
    public interface Told {

        /**
         * Takes the fixes of a package, in the database's order.
         *
         * @param document the database's name among the documents
         */
        void take(String document, String origin, List<Fix> fixes) throws IOException;
    }

    /**
     * What one version of a package fixed.
     *
     * @param version the version, or {@link #NEVER}
     * @param names of the vulnerabilities, at least one
     */
    public record Fix(String version, SecdbNames names) {
        /** The version of what no version ever had. */
        public static final String NEVER = "0";

        /** Whether no version ever had it. */
        public boolean never() {
            return version.equals(NEVER);
        }
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
            private final List<Text> texts = new ArrayList<>();

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
                if (texts.size() >= FIXES) {
                    throw json.error("more than " + FIXES + " vulnerabilities of one package");
                }
                texts.add(new Text(version, names == null || names.length() > TEXT_CHARACTERS ? null : names));
            }

            private void tell() throws IOException {
                if (origin == null || origin.isEmpty() || origin.length() > NAME_CHARACTERS || !hasFixes) {
                    reading.skip(place(origin), "no package with a name and \"secfixes\"");
                    return;
                }
                List<Fix> fixes = new ArrayList<>();
                for (Text text : texts) {
                    Fix fix = fix(origin, text);
                    if (fix != null) {
                        fixes.add(fix);
                    }
                }
                told.take(name, origin, fixes);
            }

            private @Nullable Fix fix(String origin, Text text) {
                SecdbNames names = text.names == null ? SecdbNames.NONE : SecdbNames.of(text.names);
                if (!names.ids().isEmpty() && !text.version.isBlank() && text.version.length() <= NAME_CHARACTERS) {
                    return new Fix(text.version, names);
                }
                reading.skip(
                        place(origin + " " + text.version),
                        text.names == null
                                ? "not the name of a vulnerability"
                                : "no name of a vulnerability: " + text.names);
                return null;
            }
        }
    }

    private record Text(String version, @Nullable String names) {}
}
