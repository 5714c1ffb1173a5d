package io.limpid.server.update;

import io.limpid.format.Nearest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The updaters that run here, and what may be said of a namespace before they have. */
public final class EnabledUpdaters {
    private final Set<Updater> enabled;
    private final Predicate<Updater> hasFinished;

    private EnabledUpdaters(Set<Updater> enabled, Predicate<Updater> hasFinished) {
        this.enabled = enabled;
        this.hasFinished = hasFinished;
    }

    /** No updater runs: whoever fills the namespaces knows when they are full. */
    public static EnabledUpdaters none() {
        return new EnabledUpdaters(EnumSet.noneOf(Updater.class), _ -> true);
    }

    /**
     * The updaters of these names.
     *
     * @param names null for all
     * @param hasFinished whether one has ever run to its end
     * @throws LimpidException for a name that is none
     */
    public static EnabledUpdaters of(@Nullable List<String> names, Predicate<Updater> hasFinished)
            throws LimpidException {
        if (names == null) {
            return new EnabledUpdaters(EnumSet.allOf(Updater.class), hasFinished);
        }
        return new EnabledUpdaters(named(names, "updater.enabledupdaters"), hasFinished);
    }

    /**
     * The updaters of these names.
     *
     * @param key under which they are named, for people
     * @throws LimpidException for a name that is none
     */
    public static Set<Updater> named(List<String> names, String key) throws LimpidException {
        List<String> unknown = new ArrayList<>(names);
        unknown.removeAll(Updater.names());
        if (!unknown.isEmpty()) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "reading the configuration",
                    key + ": " + Nearest.unknown("updater", unknown.getFirst(), Updater.names()),
                    "the updaters are " + String.join(", ", Updater.names()));
        }
        Set<Updater> named = EnumSet.noneOf(Updater.class);
        for (Updater updater : Updater.values()) {
            if (names.contains(updater.text())) {
                named.add(updater);
            }
        }
        return named;
    }

    /** All of them. */
    public List<Updater> enabled() {
        return List.copyOf(enabled);
    }

    /** All of them by their names, and whether each has ever finished. */
    public Map<String, Boolean> finished() {
        Map<String, Boolean> finished = new TreeMap<>();
        enabled.forEach(updater -> finished.put(updater.text(), hasFinished.test(updater)));
        return finished;
    }

    /** Those that have never finished. */
    public List<Updater> awaited() {
        return enabled.stream().filter(updater -> !hasFinished.test(updater)).toList();
    }

    /** The updater that serves a namespace and has never finished; while there is one, nobody can say what the namespace lacks. */
    public Optional<Updater> awaitedFor(String namespace) {
        return servedBy(namespace).filter(updater -> !hasFinished.test(updater));
    }

    /** The updater that serves a namespace. */
    public Optional<Updater> servedBy(String namespace) {
        return enabled.stream().filter(updater -> updater.serves(namespace)).findFirst();
    }
}
