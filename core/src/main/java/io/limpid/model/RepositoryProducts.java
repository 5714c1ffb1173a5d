package io.limpid.model;

import java.util.List;

/**
 * The products that packages of one repository belong to.
 *
 * @param repository the repository's name: {@code rhel-9-for-x86_64-baseos-rpms}
 * @param products their CPE names, in the publisher's order
 */
public record RepositoryProducts(String repository, List<String> products) implements FeedRecord {

    public RepositoryProducts {
        if (repository.isEmpty()) {
            throw new IllegalArgumentException("products of a repository without a name: " + products);
        }
        products = List.copyOf(products);
    }
}
