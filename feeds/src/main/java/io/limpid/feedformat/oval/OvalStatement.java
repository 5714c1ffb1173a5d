package io.limpid.feedformat.oval;

import io.limpid.model.VersionRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One branch of a definition's criteria that is about one package: where it is true, the package has what the definition is about.
 *
 * @param platforms the products of which one must be installed, in the document's order; empty when the branch names none
 * @param machines the architectures of which the machine must have one, sorted; empty for all
 * @param module the module stream that must be enabled, {@code nodejs:18}; null when none is asked for
 * @param name the binary package's name
 * @param arches the architectures of which the package must have one, sorted; empty for all
 * @param range the versions that are meant
 * @param release what the package's release must contain: {@code ksplice}; null when nothing is asked for
 * @param impossible whether no package can meet the criteria, by which publishers say that it is not affected: a version of {@code 0}, a package that is
 *     both installed and not
 * @param kernel whether the running kernel, or the one to be booted next, must be of an earlier version too
 * @param alone whether other packages must not be there: a live patch of the kernel
 */
public record OvalStatement(
        List<Platform> platforms,
        List<String> machines,
        @Nullable String module,
        String name,
        List<String> arches,
        VersionRange range,
        @Nullable String release,
        boolean impossible,
        boolean kernel,
        boolean alone) {

    /**
     * A product that must be installed.
     *
     * @param name its name for people: {@code SUSE Linux Enterprise Server 15 SP3}
     * @param version what the version of its release package must be, as the document writes it: {@code 15.3}, {@code ^8}; null when not said
     */
    public record Platform(String name, @Nullable String version) {}

    public OvalStatement {
        platforms = List.copyOf(platforms);
        machines = List.copyOf(machines);
        arches = List.copyOf(arches);
    }

    OvalStatement onMachines(List<String> others) {
        return new OvalStatement(platforms, others, module, name, arches, range, release, impossible, kernel, alone);
    }

    /** The first version without it, null when there is none. */
    public @Nullable String fixedVersion() {
        return range.fixed();
    }
}
