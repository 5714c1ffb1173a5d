package io.limpid.snapshot;

import io.limpid.model.RepositoryProducts;

/** The products of a repository as a table of a snapshot has them, sorted by the repository's name. */
record ProductsRecord(RepositoryProducts products) {

    Key key() {
        return key(products.repository());
    }

    static Key key(String repository) {
        return new Key(repository, "", "");
    }

    /** Writes what follows the key in an entry. */
    void writeTo(EntryWriter out) {
        out.strings(products.products());
    }

    /** Reads what follows the key in an entry, to the entry's end. */
    static ProductsRecord read(Key key, BlockReader in) throws DamagedException {
        if (key.first().isEmpty()) {
            throw new DamagedException("products of a repository without a name");
        }
        RepositoryProducts products = new RepositoryProducts(key.first(), in.strings());
        in.end();
        return new ProductsRecord(products);
    }
}
