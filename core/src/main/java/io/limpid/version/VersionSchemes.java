package io.limpid.version;

import java.util.List;
import java.util.Optional;

/** The list of version schemes: the one line that a new scheme adds. */
public final class VersionSchemes {
    private static final List<VersionScheme> ALL =
            List.of(new AlpmVersions(), new ApkVersions(), new DebVersions(), new RpmVersions());

    private VersionSchemes() {}

    /** Every scheme, in the order of their ids. */
    public static List<VersionScheme> all() {
        return ALL;
    }

    /** The scheme of this id. */
    public static Optional<VersionScheme> byId(String id) {
        return ALL.stream().filter(scheme -> scheme.id().equals(id)).findFirst();
    }
}
