package io.limpid.feed.nvd;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.PartReading;
import io.limpid.format.json.JsonStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the JSON forms: 2.0, of the API's pages and the yearly files, and 1.1, which was retired in 2023. */
final class NvdJson {
    private static final String NIST = "nvd@nist.gov";
    /** The Vulnrichment programme, which the database quotes by a number. */
    private static final String CISA_NUMBER = "134c704f-9b21-4f2e-91b3-4a467353bcc0";

    private static final String CISA = "cisa-adp";
    private static final String PRIMARY = "Primary";
    private static final String ENGLISH = "en";
    private static final int SOURCE_CHARACTERS = 200;
    private static final int VECTOR_CHARACTERS = 400;

    private final JsonStream json;
    private final String document;
    private final PartReading reading;
    private long entries;
    private boolean listed;
    private @Nullable String total;
    private @Nullable String perPage;
    private @Nullable String startIndex;
    private @Nullable String date;

    private NvdJson(JsonStream json, String document, PartReading reading) {
        this.json = json;
        this.document = document;
        this.reading = reading;
    }

    /**
     * Reads a document.
     *
     * @return its date, null when it has none
     */
    static @Nullable String read(FeedDocuments documents, String name, PartReading reading) throws IOException {
        @Nullable String[] date = {null};
        FeedJson.read(documents, name, json -> {
            NvdJson form = new NvdJson(json, name, reading);
            form.root();
            date[0] = form.date;
        });
        return date[0];
    }

    private void root() throws IOException {
        json.object(member -> {
            switch (member) {
                case "vulnerabilities" -> list(this::wrapped);
                case "CVE_Items" -> list(this::item);
                case "timestamp", "CVE_data_timestamp" -> date = NvdEntry.moment(json.stringOrNull());
                case "totalResults", "CVE_data_numberOfCVEs" -> total = json.scalarOrNull();
                case "resultsPerPage" -> perPage = json.scalarOrNull();
                case "startIndex" -> startIndex = json.scalarOrNull();
                default -> {}
            }
        });
        if (!listed) {
            throw new FeedException(document, null, "it lists no vulnerabilities: not the database's data");
        }
        long expected = expected();
        if (expected >= 0 && expected != entries) {
            throw new FeedException(
                    document, null, "it says that it has " + expected + " vulnerabilities, and has " + entries);
        }
    }

    /** How many there are by what the document says of itself, less than 0 when it does not say. */
    private long expected() {
        long all = number(total);
        if (all < 0 || perPage == null) {
            return all;
        }
        return Math.min(number(perPage), all - Math.max(0, number(startIndex)));
    }

    private static long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Long.parseLong(text) : -1;
    }

    private void list(JsonStream.Element element) throws IOException {
        listed = true;
        json.array(() -> {
            entries++;
            element.read();
        });
    }

    private void wrapped() throws IOException {
        NvdEntry entry = new NvdEntry();
        object(member -> {
            if (member.equals("cve")) {
                object(inside -> cve(inside, entry));
            }
        });
        entry.tell(document, reading);
    }

    private void cve(String member, NvdEntry entry) throws IOException {
        switch (member) {
            case "id" -> entry.id(json.stringOrNull());
            case "vulnStatus" -> entry.status(json.stringOrNull());
            case "published" -> entry.published(json.stringOrNull());
            case "lastModified" -> entry.modified(json.stringOrNull());
            case "descriptions" -> texts(entry::description);
            case "weaknesses" ->
                each(() -> object(inside -> {
                    if (inside.equals("description")) {
                        texts(entry::weakness);
                    }
                }));
            case "references" -> each(() -> url(entry));
            case "metrics" -> {
                MetricLists lists = new MetricLists();
                object(lists::read);
                lists.tell(entry);
            }
            default -> {}
        }
    }

    private void url(NvdEntry entry) throws IOException {
        object(member -> {
            if (member.equals("url")) {
                entry.link(json.stringOrNull());
            }
        });
    }

    /** A text of an entry. */
    private interface Text {
        void take(@Nullable String text);
    }

    /** The English texts of a list of texts in several languages. */
    private void texts(Text text) throws IOException {
        each(() -> {
            @Nullable String[] said = {null, null};
            object(member -> {
                switch (member) {
                    case "lang" -> said[0] = json.stringOrNull();
                    case "value" -> said[1] = json.stringOrNull();
                    default -> {}
                }
            });
            if (said[0] == null || said[0].startsWith(ENGLISH)) {
                text.take(said[1]);
            }
        });
    }

    /** The metrics of an entry, by version; the newest version is told first, whatever the document's order. */
    private final class MetricLists {
        private final SortedMap<String, List<Metric>> byVersion = new TreeMap<>(Comparator.reverseOrder());

        void read(String member) throws IOException {
            switch (member) {
                case "cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2" -> {
                    List<Metric> metrics = new ArrayList<>();
                    each(() -> metrics.add(metric()));
                    byVersion.put(member, metrics);
                }
                default -> {}
            }
        }

        void tell(NvdEntry entry) {
            byVersion.values().forEach(metrics -> metrics.forEach(metric -> metric.tell(entry)));
        }
    }

    /** One rating of a vulnerability, as it is read. */
    private static final class Metric {
        private @Nullable String source;
        private boolean primary;
        private @Nullable String vector;
        private @Nullable String word;
        private @Nullable String score;

        void tell(NvdEntry entry) {
            var rating = NvdEntry.rated(name(source), word, vector, score);
            if (rating != null) {
                entry.rating(primary, rating);
            }
        }
    }

    private Metric metric() throws IOException {
        Metric metric = new Metric();
        object(member -> {
            switch (member) {
                case "source" -> metric.source = bounded(json.stringOrNull(), SOURCE_CHARACTERS);
                case "type" -> metric.primary = PRIMARY.equals(json.stringOrNull());
                case "cvssData", "cvssV2", "cvssV3" -> object(inside -> data(inside, metric));
                // Of version 2 it stands here.
                case "baseSeverity", "severity" -> metric.word = bounded(json.stringOrNull(), SOURCE_CHARACTERS);
                default -> {}
            }
        });
        return metric;
    }

    private void data(String member, Metric metric) throws IOException {
        switch (member) {
            case "vectorString" -> metric.vector = bounded(json.stringOrNull(), VECTOR_CHARACTERS);
            case "baseScore" -> metric.score = json.scalarOrNull();
            case "baseSeverity" -> metric.word = bounded(json.stringOrNull(), SOURCE_CHARACTERS);
            default -> {}
        }
    }

    /** An entry of form 1.1, in which all ratings are the database's own. */
    private void item() throws IOException {
        NvdEntry entry = new NvdEntry();
        @Nullable Metric[] metrics = {null, null};
        object(member -> {
            switch (member) {
                case "cve" -> object(inside -> oldCve(inside, entry));
                case "publishedDate" -> entry.published(json.stringOrNull());
                case "lastModifiedDate" -> entry.modified(json.stringOrNull());
                case "impact" ->
                    object(inside -> {
                        switch (inside) {
                            case "baseMetricV3" -> metrics[0] = metric();
                            case "baseMetricV2" -> metrics[1] = metric();
                            default -> {}
                        }
                    });
                default -> {}
            }
        });
        for (Metric metric : metrics) {
            if (metric != null) {
                metric.source = NIST;
                metric.primary = true;
                metric.tell(entry);
            }
        }
        entry.tell(document, reading);
    }

    private void oldCve(String member, NvdEntry entry) throws IOException {
        switch (member) {
            case "CVE_data_meta" ->
                object(inside -> {
                    if (inside.equals("ID")) {
                        entry.id(json.stringOrNull());
                    }
                });
            case "description" ->
                object(inside -> {
                    if (inside.equals("description_data")) {
                        texts(entry::description);
                    }
                });
            case "problemtype" ->
                object(inside -> {
                    if (inside.equals("problemtype_data")) {
                        each(() -> object(deeper -> {
                            if (deeper.equals("description")) {
                                texts(entry::weakness);
                            }
                        }));
                    }
                });
            case "references" ->
                object(inside -> {
                    if (inside.equals("reference_data")) {
                        each(() -> url(entry));
                    }
                });
            default -> {}
        }
    }

    /** Reads an object; whatever else stands there is passed over. */
    private void object(JsonStream.Member member) throws IOException {
        if (json.isObject()) {
            json.object(member);
        }
    }

    /** Reads an array; whatever else stands there is passed over. */
    private void each(JsonStream.Element element) throws IOException {
        if (json.isArray()) {
            json.array(element);
        }
    }

    private static String name(@Nullable String source) {
        if (source == null || source.isBlank() || source.equals(NIST)) {
            return NvdFeed.ID;
        }
        return source.equals(CISA_NUMBER) ? CISA : source;
    }

    private static @Nullable String bounded(@Nullable String text, int characters) {
        return text == null || text.isBlank() || text.length() > characters ? null : text;
    }
}
