package io.limpid.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files that a detector asks for.
 *
 * @param pattern where they are
 * @param form how such a file is read: what two wishes of one detector and form lead to is read once
 * @param companions suffixes of files that lie beside such a file and must be read together with it: {@code -wal} beside {@code rpmdb.sqlite}.
 *     A companion may be in another layer than its file; the detector then sees both as the container would.
 * @param database the folder of the database of which such a file is one package, so that a file that goes is a package removed and no
 *     database deleted; null where a file is a database by itself
 */
public record Wanted(
        PathPattern pattern,
        String form,
        List<String> companions,
        @Nullable String database) {

    public Wanted {
        companions = List.copyOf(companions);
    }

    /** The places of the files and of their companions. */
    public List<PathPattern> patterns() {
        List<PathPattern> patterns = new ArrayList<>();
        patterns.add(pattern);
        companions.forEach(suffix -> patterns.add(pattern.withSuffix(suffix)));
        return patterns;
    }

    /** Files that stand for themselves. */
    public static Wanted file(String pattern) {
        return fileWith(pattern);
    }

    /** Files that are read together with those beside them whose names have one of these suffixes more. */
    public static Wanted fileWith(String pattern, String... companions) {
        return new Wanted(PathPattern.parse(pattern), pattern, List.of(companions), null);
    }

    /** The same files, read as those of other wishes of this form are. */
    public Wanted readAs(String other) {
        return new Wanted(pattern, other, companions, database);
    }

    /** The same files, each a package of the database in this folder. */
    public Wanted packageOf(String folder) {
        return new Wanted(pattern, form, companions, folder);
    }
}
