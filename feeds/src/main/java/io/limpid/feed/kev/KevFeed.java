package io.limpid.feed.kev;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.feed.VulnerabilityIds;
import io.limpid.format.json.JsonStream;
import io.limpid.model.Distro;
import io.limpid.model.FeedRecord;
import io.limpid.model.KnownExploitation;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CISA's catalogue of known exploited vulnerabilities: one document, which says how many there are in it. */
public final class KevFeed implements Feed {
    private static final String ID = "kev";
    private static final String ALL = "all";
    private static final String CATALOGUE = "catalogue.json";
    private static final String PAGE =
            "https://www.cisa.gov/known-exploited-vulnerabilities-catalog?search_api_fulltext=";
    private static final String KNOWN = "Known";
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern WEAKNESS = Pattern.compile("CWE-\\d{1,6}");
    private static final int MOST_WEAKNESSES = 100;

    private static final List<FeedPart> PARTS = List.of(new FeedPart(
            ID,
            ALL,
            List.of(new FeedPart.Document(
                    CATALOGUE,
                    URI.create("https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"),
                    true))));

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        return List.of();
    }

    @Override
    public List<String> partsAbout(String vulnerability) {
        return List.of(ALL);
    }

    @Override
    public List<FeedPart> parts() {
        return PARTS;
    }

    /** A catalogue's entry as far as it has been read. */
    private static final class Entry {
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String added;
        private @Nullable String due;
        private @Nullable String action;
        private @Nullable String description;
        private boolean ransomware;
        private final List<String> weaknesses = new ArrayList<>();
    }

    /** What the catalogue says of itself. */
    private static final class Head {
        private boolean listed;
        private @Nullable String released;
        private @Nullable String count;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        Head head = new Head();
        FeedJson.read(
                documents,
                CATALOGUE,
                json -> json.object(member -> {
                    switch (member) {
                        case "dateReleased" -> head.released = json.stringOrNull();
                        case "count" -> head.count = json.scalarOrNull();
                        case "vulnerabilities" -> {
                            head.listed = true;
                            json.array(() -> tell(entry(json), reading));
                        }
                        default -> {}
                    }
                }));
        if (!head.listed || reading.seen() == 0) {
            throw new FeedException(CATALOGUE, null, "it lists no vulnerability: not the catalogue");
        }
        if (head.count != null && !head.count.equals(String.valueOf(reading.seen()))) {
            throw new FeedException(
                    CATALOGUE,
                    null,
                    "it says that it has " + head.count + " vulnerabilities, and has " + reading.seen());
        }
        return reading.end(CATALOGUE, head.released);
    }

    private static Entry entry(JsonStream json) throws IOException {
        Entry entry = new Entry();
        if (json.isObject()) {
            json.object(member -> {
                switch (member) {
                    case "cveID" -> entry.id = json.stringOrNull();
                    case "vulnerabilityName" -> entry.name = json.stringOrNull();
                    case "dateAdded" -> entry.added = json.stringOrNull();
                    case "dueDate" -> entry.due = json.stringOrNull();
                    case "requiredAction" -> entry.action = json.stringOrNull();
                    case "shortDescription" -> entry.description = json.stringOrNull();
                    case "knownRansomwareCampaignUse" -> entry.ransomware = KNOWN.equals(json.stringOrNull());
                    case "cwes" -> {
                        if (json.isArray()) {
                            json.array(() -> weakness(json.stringOrNull(), entry));
                        }
                    }
                    default -> {}
                }
            });
        }
        return entry;
    }

    private static void weakness(@Nullable String text, Entry entry) {
        if (text != null && WEAKNESS.matcher(text).matches() && entry.weaknesses.size() < MOST_WEAKNESSES) {
            entry.weaknesses.add(text);
        }
    }

    private static @Nullable String day(@Nullable String text) {
        return text != null && DAY.matcher(text).matches() ? text : null;
    }

    private static void tell(Entry entry, PartReading reading) throws FeedException {
        String id = entry.id == null ? "" : entry.id.strip();
        if (!VulnerabilityIds.isOne(id)) {
            reading.skip("entry " + (reading.seen() + 1), "not a vulnerability's name: " + id);
        } else {
            // That it is exploited is what counts, also where a day makes no sense.
            reading.record(
                    CATALOGUE,
                    List.of(new VulnerabilityDetails(
                            id,
                            ID,
                            List.of(),
                            null,
                            new KnownExploitation(
                                    day(entry.added), day(entry.due), entry.ransomware, entry.name, entry.action),
                            entry.weaknesses,
                            entry.description,
                            PAGE + id,
                            List.of(),
                            null,
                            null)));
        }
    }
}
