package io.limpid.feed.ubuntu;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedXml;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.oval.Held;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an OVAL document in one pass: the definitions, which come first, and the tables that their tests are in, which come after all of them.
 *
 * <p>So the definitions are held until the end, without what nobody is told: of a document of 50 MB about 15 MB.
 */
final class OvalReader {
    private static final Pattern RELEASE = Pattern.compile("oval:com\\.ubuntu\\.([^:]+):.*");
    private static final int COMMENT_SHOWN = 200;

    private final String document;
    private final String codename;
    private final Held held;
    private final OvalTables tables;
    private final List<Definition> definitions = new ArrayList<>();
    private @Nullable String date;

    /**
     * @param document the document's name among those of its part
     * @param codename the release that it must be about
     */
    OvalReader(String document, String codename) {
        this.document = document;
        this.codename = codename;
        this.held = new Held(document);
        this.tables = new OvalTables(held);
    }

    List<Definition> definitions() {
        return definitions;
    }

    OvalTables tables() {
        return tables;
    }

    /** Reads the document and gives back its date, null when it has none. */
    @Nullable
    String read(FeedDocuments documents, PartReading reading) throws IOException {
        FeedXml.read(documents, document, xml -> {
            if (!xml.name().equals("oval_definitions")) {
                throw xml.error("not an OVAL document: it begins with <" + xml.name() + ">");
            }
            xml.children(section -> section(section, xml, reading));
        });
        if (definitions.isEmpty()) {
            throw new FeedException(document, null, "it defines no vulnerability");
        }
        return date;
    }

    private void section(String section, FeedXml xml, PartReading reading) throws IOException {
        switch (section) {
            case "generator" ->
                xml.children(name -> {
                    if (name.equals("timestamp")) {
                        date = dateOf(xml.text().strip());
                    }
                });
            case "definitions" ->
                xml.children(name -> {
                    if (name.equals("definition") && "vulnerability".equals(xml.attribute("class"))) {
                        definition(xml, reading);
                    }
                });
            case "tests" -> xml.children(name -> tables.test(name, xml));
            case "objects" -> xml.children(_ -> tables.object(xml));
            case "states" -> xml.children(_ -> tables.state(xml));
            case "variables" -> xml.children(name -> tables.variable(name, xml));
            default -> {}
        }
    }

    private static @Nullable String dateOf(String timestamp) {
        try {
            LocalDateTime.parse(timestamp);
            return timestamp;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void definition(FeedXml xml, PartReading reading) throws IOException {
        String id = String.valueOf(xml.attribute("id"));
        Matcher release = RELEASE.matcher(id);
        if (release.matches() && !release.group(1).equals(codename)) {
            throw xml.error("it is about another release than " + codename + ": " + id);
        }
        Metadata metadata = new Metadata(held);
        List<Criterion> criteria = new ArrayList<>(1);
        xml.children(name -> {
            if (name.equals("metadata")) {
                metadata.read(xml);
            } else if (name.equals("criteria")) {
                criteria.add(group(xml));
            }
        });
        if (criteria.size() != 1) {
            reading.skip(id, "a definition with " + criteria.size() + " criteria");
            return;
        }
        Definition definition = metadata.definition(criteria.getFirst());
        if (definition == null) {
            reading.skip(id, "a definition without a name");
            return;
        }
        definitions.add(definition);
    }

    private Criterion group(FeedXml xml) throws IOException {
        boolean all = !"OR".equals(xml.attribute("operator"));
        boolean negated = negated(xml);
        List<Criterion> parts = new ArrayList<>(2);
        xml.children(name -> {
            switch (name) {
                case "criteria" -> parts.add(group(xml));
                case "criterion" -> parts.add(leaf(xml));
                // What extends is that the release is installed, and that is why the document is read.
                default -> {}
            }
        });
        held.entry();
        return parts.size() == 1 && !negated ? parts.getFirst() : new Criterion.Group(all, negated, parts);
    }

    private Criterion.Leaf leaf(FeedXml xml) throws IOException {
        String test = held.pooled(String.valueOf(xml.attribute("test_ref")));
        String comment = String.valueOf(xml.attribute("comment"));
        Statement statement = Statement.of(comment);
        held.entry();
        if (statement == null) {
            String shown = comment.length() > COMMENT_SHOWN ? comment.substring(0, COMMENT_SHOWN) : comment;
            return new Criterion.Leaf(test, negated(xml), null, held.pooled(shown));
        }
        String note = statement.note();
        Statement pooled = new Statement(
                held.pooled(statement.source()), statement.said(), note == null ? null : held.pooled(note));
        return new Criterion.Leaf(test, negated(xml), pooled, "");
    }

    private static boolean negated(FeedXml xml) {
        String negate = xml.attribute("negate");
        return "true".equals(negate) || "1".equals(negate);
    }
}
