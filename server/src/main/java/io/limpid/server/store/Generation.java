package io.limpid.server.store;

import io.limpid.model.ClairSeverity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** All that one updater says of its namespaces at one time, told row by row: it need not be in memory. */
public interface Generation {

    /**
     * That a vulnerability is in the versions of a package before another one.
     *
     * @param version {@link io.limpid.server.clair.VersionFormats#HIGHEST} for all versions, {@code LOWEST} for none: then only the severity counts
     * @param source which of the sources of the generation says so
     * @param text the number of its text there, 0 where it has none
     */
    record Row(
            String namespace,
            String vulnerability,
            String feature,
            String version,
            ClairSeverity severity,
            String link,
            int source,
            long text) {}

    /**
     * What is known of a vulnerability besides.
     *
     * @param metadata a JSON object
     * @param severity where the updater itself does not know one
     */
    record Detail(String metadata, ClairSeverity severity) {}

    /** Takes rows. */
    @FunctionalInterface
    interface Rows {
        void take(Row row) throws IOException;
    }

    /** Tells all rows, in any order; several of one vulnerability and package count as the one with the highest version. */
    void tell(Rows rows) throws IOException;

    /** The text of a number of one of the sources; asked for in the order of sources and numbers. */
    @Nullable
    String description(int source, long text) throws IOException;

    /** What is known of a vulnerability besides, null when nothing is; asked for in the order of their names. */
    @Nullable
    Detail detail(String vulnerability);

    /** The order of versions of a namespace. */
    String versionFormat(String namespace);

    /** Whether {@link #detail} knows less than it did before: then what is current of that stays. */
    boolean lacksDetails();

    /** Whether what is told of a namespace is all that there is, and takes the place of what is current; else that stays as it is. */
    boolean replaces(String namespace);
}
