package io.limpid.inventory;

import io.limpid.model.Detection;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.model.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Watches for package databases that a layer deletes or empties: what they listed is then removed as far as anybody can read, but its files
 * need not be.
 *
 * <p>A package manager that removes packages leaves a database behind; to delete it is a way to make an image smaller, or to hide what is in it.
 */
final class DatabaseWatch {
    private record Known(String type, String name) {}

    private record Gone(int layer, Set<Known> packages) {}

    private final List<String> folders;
    private Map<String, Set<Known>> present = new HashMap<>();
    private final Map<String, Gone> gone = new TreeMap<>();

    /**
     * @param wishes the files that the detectors read: those that are a package each count as the one database that they make up
     */
    DatabaseWatch(Collection<List<Wanted>> wishes) {
        this.folders = wishes.stream()
                .flatMap(List::stream)
                .map(Wanted::database)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Takes note of what the databases list that are there after a layer. */
    void after(int layer, Collection<Detection> visible) {
        Map<String, Set<Known>> now = new HashMap<>();
        for (Detection detection : visible) {
            Set<Known> known = known(detection.packages());
            if (!known.isEmpty()) {
                String database = database(detection.path());
                now.computeIfAbsent(database, _ -> new HashSet<>()).addAll(known);
                gone.remove(database);
            }
        }
        present.forEach((path, packages) -> {
            if (!now.containsKey(path)) {
                gone.put(path, new Gone(layer, packages));
            }
        });
        present = now;
    }

    /** The databases that were there and are not at the end, unless all that they listed is listed elsewhere. */
    List<Problem> problems() {
        Set<Known> listed = present.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        List<Problem> problems = new ArrayList<>();
        gone.forEach((path, database) -> {
            long lost = database.packages.stream()
                    .filter(one -> !listed.contains(one))
                    .count();
            if (lost > 0) {
                problems.add(new Problem(
                        database.layer,
                        path,
                        "this layer deletes or empties the database, which listed "
                                + (lost == 1 ? "a package" : lost + " packages")
                                + " more: their files may still be there, and nothing tells"));
            }
        });
        return problems;
    }

    private String database(String path) {
        for (String folder : folders) {
            if (path.startsWith(folder + "/")) {
                return folder;
            }
        }
        return path;
    }

    private static Set<Known> known(List<Package> packages) {
        // A document goes with what it describes.
        return packages.stream()
                .filter(one -> !one.isOfDocument())
                .map(one -> new Known(one.type(), one.name()))
                .collect(Collectors.toSet());
    }
}
