package io.limpid.match;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySource;
import io.limpid.model.Distro;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.VulnerabilityDetails;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A few advisories in memory: those of the demo, of a test, or none at all. */
public final class AdvisoryList implements Advisories, AdvisorySupply {
    /** What says nothing of anything. */
    public static final AdvisoryList EMPTY = new AdvisoryList(List.of(), "");

    private record Key(String namespace, String name) {}

    private final Map<Key, List<Advisory>> byName;
    private final List<AdvisorySource> sources;
    private final List<VulnerabilityDetails> details;
    private final Map<String, List<String>> products = new HashMap<>();

    /**
     * Advisories that were fetched together.
     *
     * @param fetchedAt when (ISO 8601)
     */
    public AdvisoryList(List<Advisory> advisories, String fetchedAt) {
        this(advisories, List.of(), fetchedAt);
    }

    /**
     * Advisories, and what is known of vulnerabilities besides.
     *
     * @param fetchedAt when (ISO 8601) the advisories were
     */
    public AdvisoryList(List<Advisory> advisories, List<VulnerabilityDetails> details, String fetchedAt) {
        this(advisories, details, List.of(), fetchedAt);
    }

    /**
     * Advisories, what is known of vulnerabilities besides, and the products that repositories belong to.
     *
     * @param fetchedAt when (ISO 8601) the advisories were
     */
    public AdvisoryList(
            List<Advisory> advisories,
            List<VulnerabilityDetails> details,
            List<RepositoryProducts> repositories,
            String fetchedAt) {
        repositories.forEach(one -> products.put(one.repository(), one.products()));
        this.details = details.stream().map(VulnerabilityDetails::withoutText).toList();
        byName = advisories.stream()
                .collect(Collectors.groupingBy(
                        one -> new Key(one.subject().namespace(), one.subject().name())));
        Map<Key, Long> counts = new HashMap<>();
        advisories.forEach(one -> counts.merge(new Key(one.subject().namespace(), one.feed()), 1L, Long::sum));
        sources = counts.entrySet().stream()
                .map(entry -> new AdvisorySource(
                        entry.getKey().name(), entry.getKey().namespace(), entry.getValue(), null, fetchedAt))
                .toList();
    }

    @Override
    public List<Advisory> about(String namespace, String packageName) {
        return byName.getOrDefault(new Key(namespace, packageName), List.of()).stream()
                .map(Advisory::withoutText)
                .toList();
    }

    @Override
    public List<VulnerabilityDetails> details(String id) {
        return details.stream().filter(one -> one.id().equals(id)).toList();
    }

    @Override
    public List<String> products(String repository) {
        return products.getOrDefault(repository, List.of());
    }

    @Override
    public List<AdvisorySource> sources(String namespace) {
        return sources.stream()
                .filter(source -> source.namespace().equals(namespace))
                .toList();
    }

    @Override
    public List<String> gaps(String namespace) {
        return List.of();
    }

    @Override
    public void prepare(Distro distro) {}

    @Override
    public Advisories forDistro(Distro distro) {
        return this;
    }

    @Override
    public void close() {}
}
