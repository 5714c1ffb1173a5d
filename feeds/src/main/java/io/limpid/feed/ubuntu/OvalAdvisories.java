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
 *
 * <p>Which kernel runs is left aside: an image has none that does, but the packages are there. Newer documents ask of kernels nothing else, and name no
 * package of theirs: what they say is then said of the kernel's source package.
 */
final class OvalAdvisories {
    private static final String NO_EPOCH = "0:";
    private static final int VERSION_CHARACTERS = 200;

    private final String namespace;
    private final String document;
    private final OvalTables tables;
    private final PartReading reading;

    OvalAdvisories(String namespace, String document, OvalTables tables, PartReading reading) {
        this.namespace = namespace;
        this.document = document;
        this.tables = tables;
        this.reading = reading;
    }

    void tell(List<Definition> definitions) throws FeedException {
        for (Definition definition : definitions) {
            tell(definition, definition.criteria(), /* kernel= */ null);
        }
    }

    /**
     * @param kernel the source package of the kernel that has to run, null when none has to
     */
    private void tell(Definition definition, Criterion criterion, @Nullable String kernel) throws FeedException {
        switch (criterion) {
            case Criterion.Leaf leaf -> tell(definition, leaf, kernel);
            case Criterion.Group group -> tell(definition, group, kernel);
        }
    }

    private void tell(Definition definition, Criterion.Group group, @Nullable String kernel) throws FeedException {
        List<Criterion> parts = group.parts().stream()
                .filter(part -> !isOf(Subject.MACHINE, part))
                .toList();
        if (group.all() && !group.negated()) {
            parts = withoutKernel(parts);
        }
        if (group.negated() || (group.all() && parts.size() > 1)) {
            reading.skip(definition.id(), group.negated() ? "negated criteria" : "criteria that must be met together");
        } else {
            String running = group.all() ? kernel(group.parts(), kernel) : kernel;
            for (Criterion part : parts) {
                tell(definition, part, running);
            }
        }
    }

    /** What must be true besides which kernel runs; where that is nothing, the kernel's version, and where it may be any, that it runs. */
    private List<Criterion> withoutKernel(List<Criterion> parts) {
        List<Criterion> versions = without(Subject.KERNEL, parts);
        List<Criterion> rest = without(Subject.KERNEL_VERSION, versions);
        if (!rest.isEmpty() || parts.isEmpty()) {
            return rest;
        }
        return versions.isEmpty() ? parts.subList(0, 1) : versions;
    }

    private List<Criterion> without(Subject subject, List<Criterion> parts) {
        return parts.stream().filter(part -> !isOf(subject, part)).toList();
    }

    /** The kernel that one of these asks for, else the one that is asked for already. */
    private @Nullable String kernel(List<Criterion> parts, @Nullable String before) {
        for (Criterion part : parts) {
            if (part instanceof Criterion.Leaf leaf && isOf(Subject.KERNEL, part)) {
                return Statement.runningKernel(leaf.unknown());
            }
        }
        return before;
    }

    private boolean isOf(Subject subject, Criterion criterion) {
        // What says something of a source package is meant of it, whatever its test looks at.
        Test test =
                criterion instanceof Criterion.Leaf leaf && leaf.statement() == null ? tables.test(leaf.test()) : null;
        return test != null && test.subject() == subject;
    }

    private void tell(Definition definition, Criterion.Leaf leaf, @Nullable String kernel) throws FeedException {
        if (isOf(Subject.MACHINE, leaf)) {
            return;
        }
        Test test = tables.test(leaf.test());
        Statement statement = leaf.statement() == null ? ofKernel(leaf, test, kernel) : leaf.statement();
        List<AdvisorySubject> subjects = subjects(statement, test);
        String wrong = wrong(leaf, statement, test, subjects);
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
            // Of a kernel's name no version is asked for.
            Bound bound = test.state() == null || test.subject() == Subject.KERNEL ? null : tables.bound(test.state());
            reading.record(
                    document,
                    subjects.stream()
                            .map(subject -> advisory(definition, statement, subject, bound))
                            .toList());
        }
    }

    /**
     * What a criterion without a statement says of the kernel that has to run: where it has to be of a version lower than another, that this one mends it;
     * else that every version has it.
     */
    private static @Nullable Statement ofKernel(Criterion.Leaf leaf, @Nullable Test test, @Nullable String kernel) {
        Subject subject = test == null ? Subject.OTHER : test.subject();
        String source = subject == Subject.KERNEL ? Statement.runningKernel(leaf.unknown()) : kernel;
        if (source == null) {
            return null;
        }
        return switch (subject) {
            case KERNEL -> new Statement(source, Said.NEEDED, /* note= */ null);
            case KERNEL_VERSION -> new Statement(source, Said.FIXED, /* note= */ null);
            default -> null;
        };
    }

    private List<AdvisorySubject> subjects(@Nullable Statement statement, @Nullable Test test) {
        if (statement == null || test == null) {
            return List.of();
        }
        if (isOfKernel(test)) {
            return List.of(AdvisorySubject.ofSource(namespace, statement.source()));
        }
        return tables.names(test).stream()
                .map(name -> AdvisorySubject.of(namespace, name, Kind.BINARY, Kind.SOURCE)
                        .builtFrom(statement.source()))
                .toList();
    }

    private static boolean isOfKernel(Test test) {
        return test.subject() == Subject.KERNEL || test.subject() == Subject.KERNEL_VERSION;
    }

    private @Nullable String wrong(
            Criterion.Leaf leaf, @Nullable Statement statement, @Nullable Test test, List<AdvisorySubject> subjects) {
        if (test == null) {
            return "its test is not in the document: " + leaf.test();
        }
        if (statement == null) {
            return "a comment of no known form: " + leaf.unknown();
        }
        if (test.subject() != Subject.PACKAGE && !isOfKernel(test)) {
            return "its test is not about a package: " + leaf.test();
        }
        if (subjects.isEmpty()) {
            return "its test names no package: " + leaf.test();
        }
        FixState said = statement.said().state();
        if (leaf.negated() && said != FixState.NOT_AFFECTED) {
            return "a negated criterion that says: " + statement.said();
        }
        if (test.subject() == Subject.KERNEL || said == FixState.NOT_AFFECTED) {
            return null;
        }
        if (test.state() == null) {
            return test.subject() == Subject.PACKAGE ? null : "its test asks for no version: " + leaf.test();
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

    private Advisory advisory(
            Definition definition, Statement statement, AdvisorySubject subject, @Nullable Bound bound) {
        String version = bound == null ? null : shown(bound.version());
        FixState state = state(statement.said(), version);
        List<VersionRange> affected = state == FixState.NOT_AFFECTED
                ? List.of()
                : List.of(version == null ? VersionRange.ALL : VersionRange.before(version));
        return new Advisory(
                definition.id(),
                definition.bulletins(),
                UbuntuFeed.ID,
                subject,
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
