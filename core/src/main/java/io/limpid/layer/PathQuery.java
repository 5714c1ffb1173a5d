package io.limpid.layer;

import io.limpid.model.PathPattern;
import io.limpid.model.Wanted;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is looked for in a layer, as one wish of all detectors together.
 *
 * @param read the files whose contents are wanted
 * @param tracked the places of which only is to be known what is there, because a link leads to them
 */
public record PathQuery(Set<PathPattern> read, Set<PathPattern> tracked) {

    public PathQuery {
        read = Set.copyOf(read);
        tracked = Set.copyOf(tracked);
    }

    /** The files that these wishes name, and their companions. */
    public static PathQuery of(Collection<Wanted> wishes) {
        Set<PathPattern> read = new LinkedHashSet<>();
        wishes.forEach(wanted -> read.addAll(wanted.patterns()));
        return new PathQuery(read, Set.of());
    }

    /** The contents of these files. */
    public static PathQuery ofFiles(Collection<String> paths) {
        Set<PathPattern> read = new LinkedHashSet<>();
        paths.forEach(path -> read.add(PathPattern.parse(path)));
        return new PathQuery(read, Set.of());
    }

    /** The same, and knowing what is at these places. */
    public PathQuery tracking(Collection<PathPattern> more) {
        Set<PathPattern> all = new LinkedHashSet<>(tracked);
        all.addAll(more);
        return new PathQuery(read, all);
    }
}
