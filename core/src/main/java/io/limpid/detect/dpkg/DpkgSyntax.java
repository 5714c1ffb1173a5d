package io.limpid.detect.dpkg;

import java.util.Set;

/** What dpkg writes into its own database: the states of packages. */
final class DpkgSyntax {
    /** The states in which all files of a package are there and its scripts have run or wait to be told something. */
    static final Set<String> INSTALLED = Set.of("installed", "triggers-pending", "triggers-awaited");

    /** The states in which no file of a package is there but for its configuration. */
    static final Set<String> GONE = Set.of("not-installed", "config-files");

    /** Every state there is. */
    static final Set<String> STATES = Set.of(
            "not-installed",
            "config-files",
            "half-installed",
            "unpacked",
            "half-configured",
            "triggers-awaited",
            "triggers-pending",
            "installed");

    private DpkgSyntax() {}
}
