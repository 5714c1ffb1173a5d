package io.limpid.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The packages that an advisory is about.
 *
 * @param namespace the release, as {@link Distro#namespace} names it: {@code debian:12}; an ecosystem's name for packages of a language
 * @param name the package's name
 * @param named whether {@code name} is that of a source package, of a binary package, or of either
 * @param versioned whether its versions are those of the source package or those of the binary package
 * @param arches the architectures in the distribution's spelling, sorted; empty for all
 * @param module the module stream, {@code nodejs:18}, what follows the stream being of no matter; null for packages that are of no module
 * @param repositories CPE names or repository names of which a package must come from one, or {@link #INSTALLED packages} of which one must be installed
 *     beside it, sorted; empty for all
 * @param flavour a line of builds of its own ({@code ksplice}, {@code fips}) whose versions compare with no other; empty for the usual one
 * @param builtFrom the source package that the binary package {@code name} is meant of, where several are built with that name; null for any
 */
public record AdvisorySubject(
        String namespace,
        String name,
        Kind named,
        Kind versioned,
        List<String> arches,
        @Nullable String module,
        List<String> repositories,
        String flavour,
        @Nullable String builtFrom) {

    /** Stands before the name of a package that tells by being installed that a product is there: {@code installed:sles-ltss-release}. */
    public static final String INSTALLED = "installed:";

    /** Which of a package's two names or versions is meant; a package that was built from no other is its own source. */
    public enum Kind {
        SOURCE,
        BINARY,
        EITHER
    }

    public AdvisorySubject {
        if (namespace.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("an advisory about nothing: " + namespace + " " + name);
        }
        if (versioned == Kind.EITHER) {
            throw new IllegalArgumentException("versions are those of the source or of the binary package");
        }
        arches = List.copyOf(arches);
        repositories = List.copyOf(repositories);
    }

    /** The same, of one source package only. */
    public AdvisorySubject builtFrom(String source) {
        return new AdvisorySubject(namespace, name, named, versioned, arches, module, repositories, flavour, source);
    }

    /** A source package of a release, on all architectures. */
    public static AdvisorySubject ofSource(String namespace, String name) {
        return of(namespace, name, Kind.SOURCE, Kind.SOURCE);
    }

    /** A package of a release, on all architectures. */
    public static AdvisorySubject of(String namespace, String name, Kind named, Kind versioned) {
        return new AdvisorySubject(namespace, name, named, versioned, List.of(), null, List.of(), "", null);
    }
}
