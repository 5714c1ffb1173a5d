package io.limpid.inventory;

import io.limpid.model.Detection;
import io.limpid.model.Origin;
import io.limpid.model.OriginClue;
import io.limpid.model.OriginClue.ImageBuild;
import io.limpid.model.Package;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts together what the files of an image, and the image itself, say of where its packages come from. */
final class Origins {
    private static final String RPM = "rpm";
    /** Two histories that contradict each other tell nothing. */
    private static final String CONTRADICTED = "";

    private record Installed(String name, String version, String arch) {}

    private final Map<Installed, String> repositories = new HashMap<>();
    private final SortedSet<String> products = new TreeSet<>();
    private final SortedSet<String> contentSets = new TreeSet<>();
    private final SortedSet<String> moduleStreams = new TreeSet<>();
    private final SortedSet<ImageBuild> builds = new TreeSet<>(ImageBuild.ORDER);

    Origins(List<OriginClue> told, Collection<Detection> visible) {
        told.forEach(this::add);
        for (Detection detection : visible) {
            detection.origins().forEach(this::add);
        }
    }

    private void add(OriginClue clue) {
        switch (clue) {
            case OriginClue.ContentSet(String name) -> contentSets.add(name);
            case OriginClue.Product(String name) -> products.add(name);
            case OriginClue.ModuleStream(String module, String stream) -> moduleStreams.add(module + ":" + stream);
            case ImageBuild build -> builds.add(build);
            case OriginClue.InstalledFrom(String name, String version, String arch, String repository) ->
                repositories.merge(
                        new Installed(name, version, arch),
                        repository,
                        (one, other) -> one.equals(other) ? one : CONTRADICTED);
        }
    }

    /** What is known of all packages together. */
    Origin together() {
        // A file that tells less of a build than another one adds nothing.
        List<ImageBuild> known = builds.stream()
                .filter(one -> builds.stream().noneMatch(other -> tellsLess(one, other)))
                .toList();
        return new Origin(List.copyOf(products), List.copyOf(contentSets), List.copyOf(moduleStreams), known);
    }

    /** Whether one is the same build as another that also has the component: the name of a Dockerfile is a part of the whole name. */
    private static boolean tellsLess(ImageBuild one, ImageBuild other) {
        return one.component() == null
                && other.component() != null
                && one.version().equals(other.version())
                && one.release().equals(other.release())
                && (other.name().equals(one.name())
                        || other.name().endsWith("/" + one.name())
                        || other.component().equals(one.name())
                        || other.component().equals(one.name() + "-container"));
    }

    /** The repository from which a package was installed, null when nothing tells. */
    @Nullable
    String repositoryOf(Package one) {
        String arch = one.arch();
        if (repositories.isEmpty() || arch == null || !one.type().equals(RPM)) {
            return null;
        }
        String version = one.version().startsWith("0:") ? one.version().substring(2) : one.version();
        String repository = repositories.get(new Installed(one.name(), version, arch));
        return CONTRADICTED.equals(repository) ? null : repository;
    }
}
