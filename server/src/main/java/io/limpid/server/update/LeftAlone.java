package io.limpid.server.update;

import io.limpid.feed.FeedPart;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The namespaces that a run of an updater does not touch, because a part that speaks of them is not there: without it packages would be called clean that
 * only it names. What is current of them stays, whole, until the part can be had.
 */
final class LeftAlone {
    private final Updater updater;
    private final UpdaterSources sources;
    private final Set<FeedPart> missing;
    private final Set<FeedPart> missingStandIns;
    /** The releases of which parts that are there say something. */
    private final Set<String> spoken;

    private final Map<String, Distro> known = new HashMap<>();

    private LeftAlone(
            Updater updater,
            UpdaterSources sources,
            Set<FeedPart> missing,
            Set<FeedPart> missingStandIns,
            Set<String> spoken) {
        this.updater = updater;
        this.sources = sources;
        this.missing = missing;
        this.missingStandIns = missingStandIns;
        this.spoken = spoken;
        for (var family : Distros.all()) {
            for (String version : Distros.versionIds(family.id())) {
                Distro distro = Distros.of(family.id(), version, null);
                known.put(distro.namespace(), distro);
            }
        }
    }

    /**
     * Of a run: a part is not there when it could not be had, or when another server has kept it and made it current, and its publisher has it no more.
     *
     * @param current what is current
     */
    static LeftAlone of(Updater updater, UpdaterSources sources, PartMarks current, FetchedParts fetched) {
        Set<FeedPart> missing = sources.parts().stream()
                .filter(part -> isMissing(part, current, fetched))
                .collect(Collectors.toSet());
        // What comes after the one that is used counts for nothing.
        Set<FeedPart> missingStandIns = sources.standIns().stream()
                .takeWhile(part -> !fetched.marks().containsKey(part.toString()))
                .filter(part -> isMissing(part, current, fetched))
                .collect(Collectors.toSet());
        Set<String> spoken = new HashSet<>();
        fetched.parts().forEach(part -> part.header().namespaces().forEach(namespace -> spoken.add(namespace.name())));
        return new LeftAlone(updater, sources, missing, missingStandIns, spoken);
    }

    private static boolean isMissing(FeedPart part, PartMarks current, FetchedParts fetched) {
        return fetched.lacking().contains(part)
                || (current.has(part.toString()) && !fetched.marks().containsKey(part.toString()));
    }

    /** Whether it is no namespace at all. */
    boolean isNothing() {
        return missing.isEmpty() && missingStandIns.isEmpty();
    }

    /** The names of the parts that are not there. */
    Set<String> missing() {
        return Stream.concat(missing.stream(), missingStandIns.stream())
                .map(FeedPart::toString)
                .collect(Collectors.toSet());
    }

    /** Whether it has a namespace. */
    boolean has(String namespace) {
        if (isNothing()) {
            return false;
        }
        List<String> releases =
                Distros.ofClair(namespace).stream().filter(updater::isAbout).toList();
        return releases.isEmpty() || releases.stream().anyMatch(this::hasRelease);
    }

    private boolean hasRelease(String release) {
        Distro distro = known.get(release);
        boolean isSpoken = spoken.contains(release);
        if (distro == null) {
            // Nobody can say which parts there would be.
            return !isSpoken;
        }
        return (!missingStandIns.isEmpty() && !isSpoken)
                || sources.feed().partsFor(distro).stream().anyMatch(missing::contains);
    }
}
