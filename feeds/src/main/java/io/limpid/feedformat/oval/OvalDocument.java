package io.limpid.feedformat.oval;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedXml;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.oval.OvalDefinition.Criteria;
import io.limpid.feedformat.oval.OvalDefinition.Group;
import io.limpid.feedformat.oval.OvalDefinition.Leaf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An OVAL document about rpm packages: its definitions, and their criteria as flat statements.
 *
 * <p>It is read in one pass. The tests come after all definitions, so both are held, without what nobody asks for.
 *
 * <p>What a package alone cannot meet is told with the statement, so that a publisher's reader can decide: a product, an architecture of the machine, a
 * module, a running kernel. Signatures are taken for granted. A test of a kind that is not known makes the branches that it is in records which make no
 * sense, and no others.
 */
public final class OvalDocument {
    private static final Set<String> KINDS = Set.of("", "patch", "vulnerability");
    private static final String NO_PACKAGE = "criteria without a package";
    private static final int COMMENT_CHARACTERS = 300;

    private final Held held;
    private final Tables tables;
    private final Branches branches;
    private final List<OvalDefinition> definitions = new ArrayList<>();
    private @Nullable String date;

    private OvalDocument(String name) {
        this.held = new Held(name);
        this.tables = new Tables(held);
        this.branches = new Branches(new Facts(tables));
    }

    /**
     * Reads a document to its end.
     *
     * @return null when its publisher does not have it
     * @throws FeedException when it is no OVAL document or defines neither patches nor vulnerabilities
     */
    public static @Nullable OvalDocument read(FeedDocuments documents, String name) throws IOException {
        OvalDocument oval = new OvalDocument(name);
        if (!FeedXml.read(documents, name, oval::read)) {
            return null;
        }
        if (oval.definitions.isEmpty()) {
            throw new FeedException(name, null, "it defines no patch and no vulnerability");
        }
        return oval;
    }

    /** When it was made (ISO 8601), null when it does not say. */
    public @Nullable String date() {
        return date;
    }

    /** What is done with one definition. */
    @FunctionalInterface
    public interface Teller {
        /** Takes a definition and its statements, in the document's order; none when it says nothing of any package. */
        void tell(OvalDefinition definition, List<OvalStatement> statements) throws IOException;
    }

    /**
     * Tells every definition with its statements.
     *
     * @param reading takes the branches that make no sense
     */
    public void tell(PartReading reading, Teller teller) throws IOException {
        tell(reading, _ -> true, teller);
    }

    /**
     * Tells some definitions with their statements.
     *
     * @param reading takes the branches that make no sense
     * @param wanted which ones
     */
    public void tell(PartReading reading, Predicate<OvalDefinition> wanted, Teller teller) throws IOException {
        for (OvalDefinition definition : definitions) {
            if (wanted.test(definition)) {
                teller.tell(definition, statements(definition, reading));
            }
        }
    }

    private List<OvalStatement> statements(OvalDefinition definition, PartReading reading) {
        Criteria criteria = definition.criteria();
        if (criteria == null) {
            return List.of();
        }
        Map<OvalStatement, Set<String>> statements = new LinkedHashMap<>();
        Set<String> unknown = new LinkedHashSet<>();
        Collection<Branch> all = branches.of(criteria);
        if (all == null) {
            reading.skip(definition.name(), Branches.TOO_MANY);
            return List.of();
        }
        if (all.isEmpty()) {
            unknown.add(NO_PACKAGE);
        }
        for (Branch branch : all) {
            Fact.Installed one = branch.installed();
            if (branch.unknown() != null) {
                // Of a kernel that must run nobody asks what else must be.
                if (!branch.kernel()) {
                    unknown.add(branch.unknown());
                }
            } else if (one == null) {
                if (!branch.kernel() && !branch.elsewhere()) {
                    unknown.add(NO_PACKAGE);
                }
            } else if (branch.elsewhere()) {
                unknown.add("criteria that must be met where a product is not installed: " + one.name());
            } else {
                merge(statements, branch.statement(one));
            }
        }
        unknown.forEach(why -> reading.skip(definition.name(), why));
        List<OvalStatement> flat = new ArrayList<>(statements.size());
        statements.forEach((statement, machines) ->
                flat.add(machines.isEmpty() ? statement : statement.onMachines(List.copyOf(machines))));
        return flat;
    }

    /** What is said on several machines alike is said once. */
    private static void merge(Map<OvalStatement, Set<String>> statements, OvalStatement one) {
        OvalStatement onAny = one.machines().isEmpty() ? one : one.onMachines(List.of());
        Set<String> known = statements.get(onAny);
        if (known == null) {
            statements.put(onAny, new TreeSet<>(one.machines()));
        } else if (one.machines().isEmpty() || known.isEmpty()) {
            known.clear();
        } else {
            known.addAll(one.machines());
        }
    }

    private void read(FeedXml xml) throws IOException {
        if (!xml.name().equals("oval_definitions")) {
            throw xml.error("not an OVAL document: it begins with <" + xml.name() + ">");
        }
        xml.children(section -> {
            switch (section) {
                case "generator" -> xml.children(inner -> generator(inner, xml));
                case "definitions" ->
                    xml.children(inner -> {
                        String kind = xml.attribute("class");
                        if (inner.equals("definition") && KINDS.contains(kind == null ? "" : kind)) {
                            definition(kind == null ? "" : kind, xml);
                        }
                    });
                case "tests" -> xml.children(kind -> tables.readTest(kind, xml));
                case "objects" -> xml.children(_ -> tables.readObject(xml));
                case "states" -> xml.children(_ -> tables.readState(xml));
                default -> {}
            }
        });
    }

    private void generator(String inner, FeedXml xml) throws IOException {
        if (inner.equals("timestamp")) {
            date = Metadata.moment(xml.text());
        }
    }

    private void definition(String kind, FeedXml xml) throws IOException {
        String id = xml.attribute("id");
        Metadata metadata = new Metadata(held);
        List<Criteria> criteria = new ArrayList<>(1);
        xml.children(inner -> {
            if (inner.equals("metadata")) {
                metadata.read(xml);
            } else if (inner.equals("criteria")) {
                criteria.add(group(xml));
            }
        });
        Criteria whole = criteria.size() == 1 ? criteria.getFirst() : new Group(true, false, criteria);
        definitions.add(metadata.definition(
                held.held(id == null ? "" : id), held.pooled(kind), criteria.isEmpty() ? null : whole));
    }

    private Criteria group(FeedXml xml) throws IOException {
        String operator = xml.attribute("operator");
        boolean all = !"OR".equals(operator);
        boolean known = operator == null || operator.equals("AND") || operator.equals("OR");
        boolean negated = isNegated(xml);
        List<Criteria> parts = new ArrayList<>(2);
        xml.children(inner -> {
            switch (inner) {
                case "criteria" -> parts.add(group(xml));
                case "criterion" -> leaf(xml, all && !negated, parts);
                // Another definition, which is elsewhere: not understood, as any test that is not known.
                default -> parts.add(new Leaf(Tables.NONE, false, held.pooled("<" + inner + ">")));
            }
        });
        held.entry();
        if (!known) {
            return new Leaf(Tables.NONE, false, held.pooled("<criteria operator=" + operator + ">"));
        }
        return parts.size() == 1 && !negated ? parts.getFirst() : new Group(all, negated, List.copyOf(parts));
    }

    private void leaf(FeedXml xml, boolean together, List<Criteria> parts) throws IOException {
        String test = xml.attribute("test_ref");
        String comment = xml.attribute("comment");
        String said = comment == null ? "" : comment;
        boolean negated = isNegated(xml);
        // Half of all criteria are signatures, which are taken for granted.
        if (together && !negated && Comment.isOfSignature(said)) {
            return;
        }
        held.entry();
        parts.add(new Leaf(
                test == null ? Tables.NONE : held.number(test),
                negated,
                held.pooled(said.length() > COMMENT_CHARACTERS ? said.substring(0, COMMENT_CHARACTERS) : said)));
    }

    private static boolean isNegated(FeedXml xml) {
        String negate = xml.attribute("negate");
        return "true".equals(negate) || "1".equals(negate);
    }
}
