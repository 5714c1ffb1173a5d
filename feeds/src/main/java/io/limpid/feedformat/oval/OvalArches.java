package io.limpid.feedformat.oval;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which architectures of a package a statement is about.
 *
 * <p>A package may be of no architecture in one build and of some in the next: what is said of {@code noarch} is said of every build, and what is said of
 * some architectures of those of none too. A machine runs packages of its own architecture, of an older one that it includes, and of none.
 */
public final class OvalArches {
    private static final String NO_ARCH = "noarch";
    private static final List<String> X86_32 = List.of("i386", "i486", "i586", "i686");
    private static final Map<String, List<String>> OLDER = Map.ofEntries(
            Map.entry("i386", X86_32),
            Map.entry("i586", X86_32),
            Map.entry("i686", X86_32),
            Map.entry("x86_64", X86_32),
            Map.entry("ia64", X86_32),
            Map.entry("ppc64", List.of("ppc")),
            Map.entry("s390x", List.of("s390")),
            Map.entry("sparc64", List.of("sparc", "sparcv9", "sparc64v")));

    private OvalArches() {}

    /** The architectures that are meant, sorted; none for any. */
    public static List<String> of(OvalStatement statement) {
        TreeSet<String> arches = new TreeSet<>(statement.arches());
        if (arches.isEmpty()) {
            return run(statement.machines());
        }
        return arches.add(NO_ARCH) ? List.copyOf(arches) : List.of();
    }

    private static List<String> run(Collection<String> machines) {
        TreeSet<String> arches = new TreeSet<>();
        for (String machine : machines) {
            arches.add(machine);
            arches.addAll(OLDER.getOrDefault(machine, List.of()));
            arches.add(NO_ARCH);
        }
        return List.copyOf(arches);
    }
}
