package io.limpid.feedformat.oval;

import io.limpid.feedformat.oval.OvalStatement.Platform;
import io.limpid.model.VersionRange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What must be true together, of all that makes criteria true.
 *
 * @param platforms the products of which one must be installed; empty for any
 * @param machines the architectures of which the machine must have one; empty for any
 * @param module the module stream that must be enabled, null for none
 * @param installed the package that must be there, null for none
 * @param absent the packages that must not be there
 * @param kernel whether a kernel of a certain version must run
 * @param alone whether other packages must not be of certain versions
 * @param elsewhere whether none of the document's products may be there
 * @param unknown what of it is not understood, null when all is
 */
record Branch(
        List<Platform> platforms,
        List<String> machines,
        @Nullable String module,
        Fact.@Nullable Installed installed,
        Set<String> absent,
        boolean kernel,
        boolean alone,
        boolean elsewhere,
        @Nullable String unknown) {

    /** What asks nothing. */
    static final Branch ANY = new Branch(List.of(), List.of(), null, null, Set.of(), false, false, false, null);

    static Branch of(Fact fact) {
        return switch (fact) {
            case Fact.Granted _ -> ANY;
            case Fact.Product product -> ANY.on(List.of(product.platform()));
            case Fact.Machine machine ->
                new Branch(List.of(), machine.arches(), null, null, Set.of(), false, false, false, null);
            case Fact.Module module ->
                new Branch(List.of(), List.of(), module.stream(), null, Set.of(), false, false, false, null);
            case Fact.Kernel _ -> new Branch(List.of(), List.of(), null, null, Set.of(), true, false, false, null);
            case Fact.Installed installed ->
                new Branch(List.of(), List.of(), null, installed, Set.of(), false, false, false, null);
            case Fact.Absent absent ->
                new Branch(List.of(), List.of(), null, null, Set.of(absent.name()), false, false, false, null);
            case Fact.Elsewhere _ -> new Branch(List.of(), List.of(), null, null, Set.of(), false, false, true, null);
            case Fact.Unknown unknown -> ANY.unknown(unknown.why());
        };
    }

    private Branch on(List<Platform> others) {
        return new Branch(others, machines, module, installed, absent, kernel, alone, elsewhere, unknown);
    }

    private Branch unknown(String why) {
        return new Branch(platforms, machines, module, installed, absent, kernel, alone, elsewhere, why);
    }

    /** Whether this asks nothing of a package. */
    boolean isOfNoPackage() {
        return installed == null && absent.isEmpty();
    }

    /** The same on any product: what branches have in common that are true on several. */
    Branch onAny() {
        return on(List.of());
    }

    /** The same on the products of both. */
    Branch onBoth(Branch other) {
        if (platforms.isEmpty() || other.platforms.isEmpty()) {
            return onAny();
        }
        Set<Platform> both = new LinkedHashSet<>(platforms);
        both.addAll(other.platforms);
        return on(List.copyOf(both));
    }

    /** What must be true when both must. */
    Branch and(Branch other) {
        Both both = new Both();
        List<Platform> somePlatforms = both.of(platforms, other.platforms, "two products together");
        List<String> someMachines = both.of(machines, other.machines, "a machine of two architectures");
        String someModule = both.of(module, other.module, "two modules together");
        Fact.Installed one = both.packages(installed, other.installed);
        Set<String> missing = absent;
        if (!other.absent.isEmpty()) {
            missing = new TreeSet<>(absent);
            missing.addAll(other.absent);
        }
        String why = unknown != null ? unknown : other.unknown;
        return new Branch(
                somePlatforms,
                someMachines,
                someModule,
                one,
                missing,
                kernel || other.kernel || both.kernel,
                alone || other.alone || both.alone,
                elsewhere || other.elsewhere,
                why != null ? why : both.unknown);
    }

    /** Two of something that one machine must have together. */
    private static final class Both {
        private boolean alone;
        private boolean kernel;
        private @Nullable String unknown;

        private <T> List<T> of(List<T> one, List<T> other, String what) {
            if (one.isEmpty() || other.isEmpty()) {
                return one.isEmpty() ? other : one;
            }
            List<T> both = one.stream().filter(other::contains).toList();
            if (both.isEmpty()) {
                unknown = what + ": " + one + ", " + other;
            }
            return both;
        }

        private <T> @Nullable T of(@Nullable T one, @Nullable T other, String what) {
            if (one != null && other != null && !one.equals(other)) {
                unknown = what + ": " + one + ", " + other;
            }
            return one != null ? one : other;
        }

        private Fact.@Nullable Installed packages(Fact.@Nullable Installed one, Fact.@Nullable Installed other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            if (!one.name().equals(other.name())) {
                return different(one, other);
            }
            String what = "versions of " + one.name() + " that are told twice";
            return new Fact.Installed(
                    one.name(),
                    of(one.arches(), other.arches(), "a package of two architectures"),
                    of(one.from(), other.from(), what),
                    one.from() == null ? other.after() : one.after(),
                    end(one, other, Fact.Installed::before, what),
                    end(one, other, Fact.Installed::last, what),
                    of(one.release(), other.release(), what),
                    one.impossible() || other.impossible(),
                    one.orAbsent() && other.orAbsent());
        }

        private Fact.Installed different(Fact.Installed one, Fact.Installed other) {
            if (one.orAbsent() || other.orAbsent()) {
                alone = true;
                return other.orAbsent() ? one : other;
            }
            if (one.isOneKernel() != other.isOneKernel()) {
                // A live patch is of one kernel, and called after it.
                kernel = true;
                return one.isOneKernel() ? other : one;
            }
            unknown = "two packages together: " + one.name() + ", " + other.name();
            return one;
        }

        private @Nullable String end(
                Fact.Installed one,
                Fact.Installed other,
                Function<Fact.Installed, @Nullable String> bound,
                String what) {
            boolean mixed =
                    (one.before() != null && other.last() != null) || (one.last() != null && other.before() != null);
            if (mixed) {
                unknown = what;
                return null;
            }
            return of(bound.apply(one), bound.apply(other), what);
        }
    }

    /** The statement that this is about the package that must be there. */
    OvalStatement statement(Fact.Installed one) {
        boolean contradicted = absent.contains(one.name());
        String from = one.from();
        return new OvalStatement(
                platforms,
                machines,
                module,
                one.name(),
                one.arches(),
                new VersionRange(from != null && one.after() ? Evr.above(from) : from, one.before(), one.last()),
                one.release(),
                one.impossible() || contradicted,
                kernel,
                alone || absent.size() > (contradicted ? 1 : 0));
    }
}
