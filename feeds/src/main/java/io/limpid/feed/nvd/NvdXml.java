package io.limpid.feed.nvd;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedXml;
import io.limpid.feed.PartReading;
import io.limpid.model.SeverityRating;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the XML form 2.0, which was retired in 2019 and of which copies are still about. */
final class NvdXml {
    /** The metrics of CVSS version 2 in the order of a vector, and the elements that say their values. */
    private static final List<String> METRICS = List.of("AV", "AC", "Au", "C", "I", "A");

    private static final List<String> ELEMENTS = List.of(
            "access-vector",
            "access-complexity",
            "authentication",
            "confidentiality-impact",
            "integrity-impact",
            "availability-impact");

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("AV ADJACENT_NETWORK", "A"),
            Map.entry("AV LOCAL", "L"),
            Map.entry("AV NETWORK", "N"),
            Map.entry("AC HIGH", "H"),
            Map.entry("AC MEDIUM", "M"),
            Map.entry("AC LOW", "L"),
            Map.entry("Au MULTIPLE_INSTANCES", "M"),
            Map.entry("Au SINGLE_INSTANCE", "S"),
            Map.entry("Au NONE", "N"));

    private static final Map<String, String> IMPACTS = Map.of("NONE", "N", "PARTIAL", "P", "COMPLETE", "C");

    private final FeedXml xml;
    private final String document;
    private final PartReading reading;

    private NvdXml(FeedXml xml, String document, PartReading reading) {
        this.xml = xml;
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
        FeedXml.read(documents, name, xml -> {
            if (!xml.name().equals("nvd")) {
                throw xml.error("expected the element nvd, found " + xml.name());
            }
            date[0] = NvdEntry.moment(xml.attribute("pub_date"));
            NvdXml form = new NvdXml(xml, name, reading);
            xml.children(child -> {
                if (child.equals("entry")) {
                    form.entry();
                }
            });
        });
        return date[0];
    }

    private void entry() throws IOException {
        NvdEntry entry = new NvdEntry();
        entry.id(xml.attribute("id"));
        xml.children(child -> {
            switch (child) {
                case "cve-id" -> entry.id(xml.text());
                case "published-datetime" -> entry.published(xml.text());
                case "last-modified-datetime" -> entry.modified(xml.text());
                case "summary" -> entry.description(xml.text());
                case "cwe" -> entry.weakness(xml.attribute("id"));
                case "references" ->
                    xml.children(inside -> {
                        if (inside.equals("reference")) {
                            entry.link(xml.attribute("href"));
                        }
                    });
                case "cvss" ->
                    xml.children(inside -> {
                        if (inside.equals("base_metrics")) {
                            metrics(entry);
                        }
                    });
                default -> {}
            }
        });
        entry.tell(document, reading);
    }

    private void metrics(NvdEntry entry) throws IOException {
        @Nullable String[] score = {null};
        List<String> metrics = new ArrayList<>(METRICS);
        xml.children(child -> {
            int which = ELEMENTS.indexOf(child);
            if (child.equals("score")) {
                score[0] = xml.text().strip();
            } else if (which >= 0) {
                String metric = METRICS.get(which);
                String letter = letter(metric, xml.text().strip());
                metrics.set(which, letter == null ? metric : metric + ":" + letter);
            }
        });
        // A value that is none is left out: what is known of the vector is worth keeping, and no score is made of it.
        String vector = String.join(
                "/", metrics.stream().filter(metric -> metric.contains(":")).toList());
        SeverityRating rating = NvdEntry.rated(NvdFeed.ID, null, vector.isEmpty() ? null : vector, score[0]);
        if (rating != null) {
            entry.rating(true, rating);
        }
    }

    private static @Nullable String letter(String metric, String value) {
        String word = value.toUpperCase(Locale.ROOT);
        return switch (metric) {
            case "C", "I", "A" -> IMPACTS.get(word);
            default -> VALUES.get(metric + " " + word);
        };
    }
}
