package io.limpid.feed.rocky;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a page of Rocky Linux' errata, as its API (version 2) answers. */
final class ErrataPage {
    private static final Pattern PRODUCT = Pattern.compile("[\\x20-\\x7e]{1,200}");
    private static final Pattern VECTOR = Pattern.compile("CVSS:3\\.[01]/[A-Z:/]{10,200}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final String SECURITY = "TYPE_SECURITY";
    private static final String SEVERITY = "SEVERITY_";
    private static final int BUILDS = 100_000;
    private static final int NAMED = 100_000;

    private final String document;
    private final PartReading reading;
    private int count;
    private int total = -1;

    ErrataPage(String document, PartReading reading) {
        this.document = document;
        this.reading = reading;
    }

    /** What is done with an erratum and one of its products. */
    @FunctionalInterface
    interface Sink {
        void take(String product, Erratum erratum) throws IOException;
    }

    /** How many errata a page says that there are, on all pages. */
    static int total(FeedDocuments documents, String document) throws IOException {
        int[] total = {-1};
        FeedJson.read(
                documents,
                document,
                json -> json.object(member -> {
                    if (member.equals("total")) {
                        total[0] = number(json.scalarOrNull());
                    }
                }));
        if (total[0] < 0) {
            throw new FeedException(document, null, "it does not say how many errata there are: no page of errata");
        }
        return total[0];
    }

    private static int number(@Nullable String text) {
        return text != null && DIGITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }

    /** Reads the page to its end, and gives the number of errata on it. */
    int read(FeedDocuments documents, Sink sink) throws IOException {
        boolean[] listed = {false};
        boolean there = FeedJson.read(
                documents,
                document,
                json -> json.object(member -> {
                    if (member.equals("advisories")) {
                        listed[0] = true;
                        json.array(() -> erratum(json, sink));
                    } else if (member.equals("total")) {
                        total = number(json.scalarOrNull());
                    }
                }));
        if (!there) {
            throw new FeedException(document, null, "it is not there");
        }
        if (!listed[0] || total < 0) {
            throw new FeedException(document, null, "it is no page of errata");
        }
        return count;
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
        for (Map.Entry<String, List<RpmBuild>> product : entry.builds.entrySet()) {
            sink.take(product.getKey(), entry.erratum(entry.id, product.getValue()));
        }
    }

    /** An erratum while it is read. */
    private final class Entry {
        private @Nullable String id;
        private @Nullable String type;
        private @Nullable String title;
        private @Nullable String description;
        private @Nullable String severity;
        private @Nullable String published;
        private final Map<String, Named> named = new TreeMap<>();
        private final Map<String, List<RpmBuild>> builds = new LinkedHashMap<>();
        private int held;

        private void member(String name, JsonStream json) throws IOException {
            switch (name) {
                case "name" -> id = json.stringOrNull();
                case "type" -> type = json.stringOrNull();
                case "synopsis" -> title = titleOf(FeedJson.textOrNull(json));
                case "description" -> description = FeedJson.textOrNull(json);
                case "severity" -> severity = FeedJson.textOrNull(json);
                case "publishedAt" -> published = RpmDate.of(json.stringOrNull());
                case "cves" -> vulnerabilities(json);
                case "rpms" -> {
                    if (json.isObject()) {
                        json.object(product -> product(product, json));
                    }
                }
                default -> {}
            }
        }

        /** Where Red Hat's name was replaced, the stream of a module lost its own: {@code go-toolset:Rocky Linux8}. */
        private static @Nullable String titleOf(@Nullable String text) {
            return text == null ? null : text.replace(":Rocky Linux", ":rhel");
        }

        private void vulnerabilities(JsonStream json) throws IOException {
            if (!json.isArray()) {
                return;
            }
            json.array(() -> {
                @Nullable String[] texts = new @Nullable String[2];
                if (json.isObject()) {
                    json.object(member -> {
                        switch (member) {
                            case "name" -> texts[0] = json.stringOrNull();
                            case "cvss3ScoringVector" -> texts[1] = json.stringOrNull();
                            default -> {}
                        }
                    });
                }
                String vector = texts[1] != null && VECTOR.matcher(texts[1]).matches() ? texts[1] : null;
                for (String cve : texts[0] == null ? List.<String>of() : Erratum.cves(texts[0])) {
                    named.put(cve, new Named(cve, List.of(), vector));
                }
                if (named.size() > NAMED) {
                    throw json.error("more than " + NAMED + " vulnerabilities");
                }
            });
        }

        private void product(String product, JsonStream json) throws IOException {
            if (!PRODUCT.matcher(product).matches() || !json.isObject()) {
                reading.skip(document + ", " + id, "no product with its packages: " + product);
                return;
            }
            List<RpmBuild> listed = builds.computeIfAbsent(product, _ -> new ArrayList<>());
            json.object(member -> {
                if (member.equals("nvras") && json.isArray()) {
                    json.array(() -> build(json, listed));
                }
            });
        }

        private void build(JsonStream json, List<RpmBuild> listed) throws IOException {
            String nevra = json.stringOrNull();
            RpmBuild build = nevra == null ? null : RpmBuild.named(nevra, null, true);
            if (build == null) {
                reading.skip(document + ", " + id, "no package with a version: " + nevra);
            } else {
                listed.add(build);
            }
            if (++held > BUILDS) {
                throw json.error("more than " + BUILDS + " packages");
            }
        }

        private Erratum erratum(String name, List<RpmBuild> of) {
            return new Erratum(
                    name,
                    SECURITY.equals(type),
                    true,
                    List.copyOf(named.values()),
                    title,
                    description,
                    word(),
                    List.of(),
                    published,
                    null,
                    of);
        }

        /** The word itself: the API has it as {@code SEVERITY_IMPORTANT}. */
        private @Nullable String word() {
            return severity != null && severity.startsWith(SEVERITY) ? severity.substring(SEVERITY.length()) : severity;
        }
    }
}
