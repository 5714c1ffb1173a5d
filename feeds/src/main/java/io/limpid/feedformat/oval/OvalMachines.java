package io.limpid.feedformat.oval;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which packages a machine runs: those of its own architecture, of an older one that it includes, and those of none. */
public final class OvalMachines {
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

    private OvalMachines() {}

    /** The architectures of the packages that machines of these run, sorted; none for any. */
    public static List<String> run(Collection<String> machines) {
        TreeSet<String> arches = new TreeSet<>();
        for (String machine : machines) {
            arches.add(machine);
            arches.addAll(OLDER.getOrDefault(machine, List.of()));
            arches.add("noarch");
        }
        return List.copyOf(arches);
    }
}
