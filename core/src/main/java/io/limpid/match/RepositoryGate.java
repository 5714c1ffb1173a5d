package io.limpid.match;

import io.limpid.model.AdvisorySubject;
import io.limpid.model.InventoryPackage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets an advisory that is about the packages of some repositories concern those only.
 *
 * <p>What nobody knows the repository of may come from any, and is judged by all; of a distribution with a core repository it is of that one, because
 * the others have packages of the same names.
 */
final class RepositoryGate {
    /** The repositories from which a package comes of which nothing tells it, by release. */
    private static final Map<String, List<String>> CORE = Map.of(
            "amzn:2018.03", List.of("amzn-main", "amzn-updates"),
            "amzn:2", List.of("amzn2-core"),
            "amzn:2022", List.of("amazonlinux"),
            "amzn:2023", List.of("amazonlinux"));

    private final @Nullable List<String> core;

    /**
     * The gate for packages of a release.
     *
     * @param namespace the release, {@code amzn:2}
     */
    RepositoryGate(String namespace) {
        core = CORE.get(namespace);
    }

    /** Whether a package may come from one of the repositories that an advisory is about. */
    boolean admits(AdvisorySubject subject, InventoryPackage one) {
        if (subject.repositories().isEmpty()) {
            return true;
        }
        String repository = one.repository();
        List<String> known = repository != null ? List.of(repository) : core;
        return known == null || known.stream().anyMatch(subject.repositories()::contains);
    }
}
