package io.limpid.feedformat.secdb;

import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.secdb.SecdbReader.Fix;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.FixState;
import io.limpid.model.VersionRange;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes advisories about source packages of what a database in Alpine's form and its publisher say. */
public final class SecdbAdvisories {
    private final String feed;
    private final List<String> namespaces;
    private final UnaryOperator<String> page;
    private final PartReading reading;

    /**
     * @param feed the feed's name
     * @param namespaces the releases that the packages are of
     * @param page from a vulnerability's name to the page about it
     * @param reading takes the advisories
     */
    public SecdbAdvisories(String feed, List<String> namespaces, UnaryOperator<String> page, PartReading reading) {
        this.feed = feed;
        this.namespaces = List.copyOf(namespaces);
        this.page = page;
        this.reading = reading;
    }

    /** Tells of each fix what it fixed. */
    public void fixes(String document, String origin, List<Fix> fixes) throws FeedException {
        for (Fix fix : fixes) {
            for (String id : fix.names().ids()) {
                tell(document, origin, id, fix.names().aliases(), fix);
            }
        }
    }

    /** Tells a fix under all names of what it fixed. */
    public void fix(String document, String origin, Statements.Merged merged) throws FeedException {
        tell(document, origin, merged.id(), merged.aliases(), merged.fix());
    }

    private void tell(String document, String origin, String id, List<String> aliases, Fix fix) throws FeedException {
        boolean never = fix.never();
        reading.record(
                document,
                namespaces.stream()
                        .map(namespace -> new Advisory(
                                id,
                                aliases,
                                feed,
                                AdvisorySubject.ofSource(namespace, origin),
                                never ? FixState.NOT_AFFECTED : FixState.FIXED,
                                affected(never, fix.version()),
                                never ? null : fix.version(),
                                List.of(),
                                null,
                                fix.names().remark(),
                                page.apply(id),
                                List.of(),
                                null,
                                null))
                        .toList());
    }

    /**
     * Tells what was said outside of the database.
     *
     * @param id one of its vulnerabilities
     */
    public void statement(String document, String id, Statement statement) throws FeedException {
        TreeSet<String> aliases = new TreeSet<>(statement.others());
        aliases.remove(id);
        FixState state = statement.state();
        @Nullable String fixed = statement.fixedVersion();
        reading.record(
                document,
                namespaces.stream()
                        .map(namespace -> new Advisory(
                                id,
                                List.copyOf(aliases),
                                feed,
                                AdvisorySubject.ofSource(namespace, statement.origin()),
                                state,
                                affected(state == FixState.NOT_AFFECTED, fixed),
                                fixed,
                                List.of(),
                                null,
                                statement.note(),
                                page.apply(id),
                                List.of(),
                                statement.published(),
                                statement.modified()))
                        .toList());
    }

    /** A version that is none of the scheme is kept: the matcher then says that it cannot compare, where to drop it were to say "clean". */
    private static List<VersionRange> affected(boolean never, @Nullable String fixed) {
        return never ? List.of() : List.of(fixed == null ? VersionRange.ALL : VersionRange.before(fixed));
    }
}
