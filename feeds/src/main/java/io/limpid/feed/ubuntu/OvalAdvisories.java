package io.limpid.feed.ubuntu;

import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.feed.ubuntu.OvalTables.Bound;
import io.limpid.feed.ubuntu.OvalTables.Subject;
import io.limpid.feed.ubuntu.OvalTables.Test;
import io.limpid.feed.ubuntu.Statement.Said;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.FixState;
import io.limpid.model.VersionRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns definitions into advisories: one for each criterion that a package alone can meet, and each binary package that its test names.
 *
 * <p>The names are those of binary packages: of a source package Canonical lists those with the code, and leaves out documentation, headers and the
 * like. The versions are those of the source package, from which a binary package's own may differ.
 */
final class OvalAdvisories {
    private static final String NO_EPOCH = "0:";
    private static final int VERSION_CHARACTERS = 200;

    private final String namespace;
    private final String document;
    private final OvalTables tables;
    private final PartReading reading;
    private long ofTheKernel;

    OvalAdvisories(String namespace, String document, OvalTables tables, PartReading reading) {
        this.namespace = namespace;
        this.document = document;
        this.tables = tables;
        this.reading = reading;
    }

    void tell(List<Definition> definitions) throws FeedException {
        for (Definition definition : definitions) {
            tell(definition, definition.criteria());
        }
        if (ofTheKernel > 0) {
            reading.note(ofTheKernel
                    + " statements are about the running kernel, which an image does not have, and were passed over");
        }
    }

    private void tell(Definition definition, Criterion criterion) throws FeedException {
        switch (criterion) {
            case Criterion.Leaf leaf -> tell(definition, leaf);
            case Criterion.Group group -> tell(definition, group);
        }
    }

    private void tell(Definition definition, Criterion.Group group) throws FeedException {
        List<Criterion> parts = group.parts().stream()
                .filter(part -> !isOf(Subject.MACHINE, part))
                .toList();
        if (group.all() && parts.stream().anyMatch(part -> isOf(Subject.KERNEL, part))) {
            ofTheKernel++;
        } else if (group.negated() || (group.all() && parts.size() > 1)) {
            reading.skip(definition.id(), group.negated() ? "negated criteria" : "criteria that must be met together");
        } else {
            for (Criterion part : parts) {
                tell(definition, part);
            }
        }
    }

    private boolean isOf(Subject subject, Criterion criterion) {
        // What says something of a source package is meant of it, whatever its test looks at.
        Test test =
                criterion instanceof Criterion.Leaf leaf && leaf.statement() == null ? tables.test(leaf.test()) : null;
        return test != null && test.subject() == subject;
    }

    private void tell(Definition definition, Criterion.Leaf leaf) throws FeedException {
        if (isOf(Subject.KERNEL, leaf) || isOf(Subject.MACHINE, leaf)) {
            ofTheKernel += isOf(Subject.KERNEL, leaf) ? 1 : 0;
            return;
        }
        Test test = tables.test(leaf.test());
        Statement statement = leaf.statement();
        List<String> names = test == null ? List.of() : tables.names(test);
        String wrong = wrong(leaf, test, names);
        if (wrong != null || statement == null || test == null) {
            String source = statement == null ? leaf.test() : statement.source();
            reading.skip(definition.id() + " " + source, String.valueOf(wrong));
        } else if (statement.said() == Said.ABSENT) {
            reading.record(document, List.of());
        } else {
            if (tables.lacksNames(test)) {
                reading.skip(
                        definition.id() + " " + statement.source(),
                        "its test also names what is no package: " + leaf.test());
            }
            Bound bound = test.state() == null ? null : tables.bound(test.state());
            reading.record(
                    document,
                    names.stream()
                            .map(name -> advisory(definition, statement, name, bound))
                            .toList());
        }
    }

    private @Nullable String wrong(Criterion.Leaf leaf, @Nullable Test test, List<String> names) {
        if (test == null) {
            return "its test is not in the document: " + leaf.test();
        }
        if (leaf.statement() == null) {
            return "a comment of no known form: " + leaf.unknown();
        }
        if (test.subject() != Subject.PACKAGE) {
            return "its test is not about a package: " + leaf.test();
        }
        if (names.isEmpty()) {
            return "its test names no package: " + leaf.test();
        }
        FixState said = leaf.statement().said().state();
        if (leaf.negated() && said != FixState.NOT_AFFECTED) {
            return "a negated criterion that says: " + leaf.statement().said();
        }
        if (test.state() == null || said == FixState.NOT_AFFECTED) {
            return null;
        }
        Bound bound = tables.bound(test.state());
        boolean known = bound != null
                && bound.operation().equals("less than")
                && !bound.version().isBlank()
                && bound.version().length() <= VERSION_CHARACTERS;
        if (known) {
            return null;
        }
        return bound == null
                ? "its test's state is not in the document or of no version: " + test.state()
                : "its test asks for something else than a lower version: " + bound.operation() + " " + bound.version();
    }

    private Advisory advisory(Definition definition, Statement statement, String name, @Nullable Bound bound) {
        String version = bound == null ? null : shown(bound.version());
        FixState state = state(statement.said(), version);
        List<VersionRange> affected = state == FixState.NOT_AFFECTED
                ? List.of()
                : List.of(version == null ? VersionRange.ALL : VersionRange.before(version));
        return new Advisory(
                definition.id(),
                definition.bulletins(),
                UbuntuFeed.ID,
                AdvisorySubject.of(namespace, name, Kind.BINARY, Kind.SOURCE).builtFrom(statement.source()),
                state,
                affected,
                isFixed(state) || statement.said() == Said.PENDING ? version : null,
                definition.severities(),
                definition.description(),
                statement.reason(),
                UbuntuWords.page(definition.id()),
                definition.links(),
                definition.published(),
                null);
    }

    private static FixState state(Said said, @Nullable String version) {
        if (said.state() == FixState.FIXED && version == null) {
            return Said.FIXED_SOMEWHERE.state();
        }
        // not-affected (8.0 only): a reason that an older generator took for a version, because it begins with a digit.
        boolean reason =
                said == Said.NEVER_WITH && version != null && version.chars().anyMatch(Character::isWhitespace);
        if (reason) {
            return FixState.NOT_AFFECTED;
        }
        boolean pro = version != null && said.state() == FixState.FIXED && UbuntuWords.isPro(version);
        return pro ? FixState.FIXED_IN_PRO : said.state();
    }

    private static boolean isFixed(FixState state) {
        return state == FixState.FIXED || state == FixState.FIXED_IN_PRO;
    }

    /** The version as the tracker writes it: for OVAL an epoch was put before those that have none. */
    private static String shown(String evr) {
        return evr.startsWith(NO_EPOCH) && evr.length() > NO_EPOCH.length() ? evr.substring(NO_EPOCH.length()) : evr;
    }
}
