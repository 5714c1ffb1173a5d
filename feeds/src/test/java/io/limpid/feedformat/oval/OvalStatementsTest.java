package io.limpid.feedformat.oval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Documents;
import io.limpid.feed.PartReading;
import io.limpid.model.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Statements say of a machine with one product and one package what the criteria say, whatever tree these are. */
class OvalStatementsTest {
    private static final String DOCUMENT = "oval.xml";
    private static final List<String> PRODUCTS = List.of("Plum Linux 1", "Plum Linux 2");
    private static final List<String> PACKAGES = List.of("pear", "quince");
    private static final int VERSIONS = 4;

    /** A tree without negations. */
    private sealed interface Tree {
        record Product(String name) implements Tree {}

        record Lower(String name, int version) implements Tree {}

        record Group(boolean all, List<Tree> parts) implements Tree {}
    }

    @Property(tries = 400)
    void statementsAreTheCriteria(@ForAll long seed, @ForAll boolean negations) throws IOException {
        Tree tree = tree(new Random(seed));
        List<OvalStatement> statements = new ArrayList<>();
        PartReading reading = new PartReading(Limits.DEFAULT, _ -> {});
        OvalDocument oval = Objects.requireNonNull(OvalDocument.read(
                Documents.of(Map.of(DOCUMENT, document(tree, negations).getBytes(UTF_8))), DOCUMENT));
        oval.tell(reading, (_, told) -> statements.addAll(told));
        for (String product : PRODUCTS) {
            for (String name : PACKAGES) {
                for (int version = 0; version < VERSIONS; version++) {
                    boolean met = isMet(tree, product, name, version);
                    boolean told = isTold(statements, product, name, version);
                    String machine = product + ", " + name + " " + version + ": " + statements;
                    if (told) {
                        assertThat(met).as(machine).isTrue();
                    } else if (reading.seen() == 0) {
                        assertThat(met).as(machine).isFalse();
                    }
                }
            }
        }
    }

    private static boolean isMet(Tree tree, String product, String name, int version) {
        return switch (tree) {
            case Tree.Product one -> one.name.equals(product);
            case Tree.Lower lower -> lower.name.equals(name) && version < lower.version;
            case Tree.Group group ->
                group.all
                        ? group.parts.stream().allMatch(part -> isMet(part, product, name, version))
                        : group.parts.stream().anyMatch(part -> isMet(part, product, name, version));
        };
    }

    private static boolean isTold(List<OvalStatement> statements, String product, String name, int version) {
        return statements.stream()
                .filter(one -> one.name().equals(name) && !one.impossible())
                .filter(one -> one.platforms().isEmpty()
                        || one.platforms().stream()
                                .anyMatch(platform -> platform.name().equals(product)))
                .anyMatch(one -> version < Integer.parseInt(String.valueOf(one.fixedVersion())));
    }

    /** A tree that is about a package in some branch: a definition that is about none is none. */
    private static Tree tree(Random random) {
        Tree certain = new Tree.Group(true, List.of(product(random), lower(random)));
        return new Tree.Group(false, List.of(any(random, 3), certain));
    }

    private static Tree any(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 2 : 5);
        if (kind < 2) {
            return kind == 0 ? product(random) : lower(random);
        }
        List<Tree> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            parts.add(any(random, depth - 1));
        }
        return new Tree.Group(random.nextBoolean(), parts);
    }

    private static Tree product(Random random) {
        return new Tree.Product(PRODUCTS.get(random.nextInt(PRODUCTS.size())));
    }

    private static Tree lower(Random random) {
        return new Tree.Lower(PACKAGES.get(random.nextInt(PACKAGES.size())), 1 + random.nextInt(VERSIONS - 1));
    }

    /** The document with these criteria, the same turned by negations that cancel out where asked for. */
    private static String document(Tree tree, boolean negations) {
        StringBuilder xml = new StringBuilder(
                "<oval_definitions><definitions><definition id=\"oval:x:def:1\" class=\"patch\"><metadata/>");
        write(new Tree.Group(true, List.of(tree)), negations, false, xml);
        xml.append("</definition></definitions><tests>");
        for (int product = 0; product < PRODUCTS.size(); product++) {
            test(xml, 100 + product, 1, 100 + product);
        }
        for (int name = 0; name < PACKAGES.size(); name++) {
            for (int version = 1; version < VERSIONS; version++) {
                test(xml, 10 * (name + 1) + version, 2 + name, version);
            }
        }
        xml.append("</tests><objects>");
        object(xml, 1, "plum-release");
        for (int name = 0; name < PACKAGES.size(); name++) {
            object(xml, 2 + name, PACKAGES.get(name));
        }
        xml.append("</objects><states>");
        for (int product = 0; product < PRODUCTS.size(); product++) {
            state(xml, 100 + product, "<version operation=\"equals\">" + (product + 1) + "</version>");
        }
        for (int version = 1; version < VERSIONS; version++) {
            state(xml, version, "<evr operation=\"less than\">0:" + version + "</evr>");
        }
        return xml.append("</states></oval_definitions>").toString();
    }

    private static void write(Tree tree, boolean negations, boolean opposite, StringBuilder xml) {
        String negate = opposite ? " negate=\"true\"" : "";
        switch (tree) {
            case Tree.Product product ->
                criterion(xml, 100 + PRODUCTS.indexOf(product.name), product.name + " is installed", negate);
            case Tree.Lower lower ->
                criterion(xml, 10 * (PACKAGES.indexOf(lower.name) + 1) + lower.version, "lower", negate);
            case Tree.Group group -> {
                // NOT (NOT a OR NOT b) is a AND b; what is to be its opposite already is without the outer NOT.
                boolean turned = negations || opposite;
                boolean all = turned != group.all;
                xml.append("<criteria operator=\"").append(all ? "AND" : "OR").append('"');
                xml.append(turned && !opposite ? " negate=\"true\">" : ">");
                group.parts.forEach(part -> write(part, negations, turned, xml));
                xml.append("</criteria>");
            }
        }
    }

    private static void criterion(StringBuilder xml, int test, String comment, String negate) {
        xml.append("<criterion test_ref=\"oval:x:tst:")
                .append(test)
                .append("\" comment=\"")
                .append(comment)
                .append('"');
        xml.append(negate).append("/>");
    }

    private static void test(StringBuilder xml, int id, int object, int state) {
        xml.append("<rpminfo_test check=\"at least one\" id=\"oval:x:tst:").append(id);
        xml.append("\"><object object_ref=\"oval:x:obj:").append(object);
        xml.append("\"/><state state_ref=\"oval:x:ste:").append(state).append("\"/></rpminfo_test>");
    }

    private static void object(StringBuilder xml, int id, String name) {
        xml.append("<rpminfo_object id=\"oval:x:obj:")
                .append(id)
                .append("\"><name>")
                .append(name);
        xml.append("</name></rpminfo_object>");
    }

    private static void state(StringBuilder xml, int id, String body) {
        xml.append("<rpminfo_state id=\"oval:x:ste:")
                .append(id)
                .append("\">")
                .append(body)
                .append("</rpminfo_state>");
    }
}
