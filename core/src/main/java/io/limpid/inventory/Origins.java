package io.limpid.inventory;

import io.limpid.model.Detection;
import io.limpid.model.Origin;
import io.limpid.model.OriginClue;
import io.limpid.model.OriginClue.ImageBuild;
import io.limpid.model.Package;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what the files of an image, and the image itself, say of where its packages come from. */
final class Origins {
    private static final String RPM = "rpm";
    /** Two histories that contradict each other tell nothing. */
    private static final String CONTRADICTED = "";

    /** How the component of an image ends that is called as the image is. */
    private static final String CONTAINER = "-container";

    private record Called(String name, String version, String release) {}

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
        Set<Called> told = new HashSet<>();
        for (ImageBuild build : builds) {
            told.addAll(shortNames(build));
        }
        // A file that tells less of a build than another one adds nothing.
        List<ImageBuild> known = builds.stream()
                .filter(one ->
                        one.component() != null || !told.contains(new Called(one.name(), one.version(), one.release())))
                .toList();
        return new Origin(List.copyOf(products), List.copyOf(contentSets), List.copyOf(moduleStreams), known);
    }

    /** What a file may call a build that does not tell its component: the name of a Dockerfile is a part of the whole name. */
    private static List<Called> shortNames(ImageBuild build) {
        String component = build.component();
        if (component == null) {
            return List.of();
        }
        String name = build.name();
        return Stream.of(
                        name,
                        name.substring(name.lastIndexOf('/') + 1),
                        component,
                        component.endsWith(CONTAINER)
                                ? component.substring(0, component.length() - CONTAINER.length())
                                : component)
                .map(one -> new Called(one, build.version(), build.release()))
                .toList();
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
        if (repository == null) {
            // Yum names its folders without the epoch.
            String bare = version.substring(version.indexOf(':') + 1);
            repository = repositories.get(new Installed(one.name(), bare, arch));
        }
        return CONTRADICTED.equals(repository) ? null : repository;
    }
}
