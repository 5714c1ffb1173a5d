package io.limpid.version;

import java.util.List;
import java.util.Optional;

/** The list of version schemes: the one line that a new scheme adds. */
public final class VersionSchemes {
    private static final List<VersionScheme> ALL =
            List.of(new AlpmVersions(), new ApkVersions(), new DebVersions(), new RpmVersions());

    private static final VersionScheme NONE = new VersionScheme() {
        @Override
        public String id() {
            return "unknown";
        }

        @Override
        public Version parse(String text) throws InvalidVersionException {
            throw new InvalidVersionException(id(), text, "the order of such versions is not known");
        }
    };

    private VersionSchemes() {}

    /** What stands for a scheme where there is none: it reads no version, and decides nothing. */
    public static VersionScheme none() {
        return NONE;
    }

    /** Every scheme, in the order of their ids. */
    public static List<VersionScheme> all() {
        return ALL;
    }

    /** The scheme of this id. */
    public static Optional<VersionScheme> byId(String id) {
        return ALL.stream().filter(scheme -> scheme.id().equals(id)).findFirst();
    }
}
