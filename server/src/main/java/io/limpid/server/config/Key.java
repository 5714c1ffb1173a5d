package io.limpid.server.config;

import java.util.Set;

/**
 * A key of the configuration file.
 *
 * @param <T> what its value means
 * @param path with dots, below {@code clair}: {@code api.port}
 * @param form how a value is read
 * @param standard the value's text when the key is not set; empty for none
 * @param meaning in one line
 * @param traits what else there is to know
 */
record Key<T>(String path, Form<T> form, String standard, String meaning, Set<Trait> traits) {

    /** What there is to know of a key besides its value. */
    enum Trait {
        /** Its value is not shown. */
        SECRET,
        /** It is accepted because Clair's files have it, and does nothing. */
        UNUSED
    }

    Key(String path, Form<T> form, String standard, String meaning, Trait... traits) {
        this(path, form, standard, meaning, Set.of(traits));
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
