package io.limpid.facts;

import org.jspecify.annotations.Nullable;

/**
 * Keeps facts from scan to scan; a scan without it, or with one that fails, takes longer and finds the same.
 *
 * <p>Its methods may be called from any thread, never throw, and never give what was not kept under just this key.
 */
public interface FactsStore {

    /** Keeps nothing. */
    FactsStore NONE = new FactsStore() {
        @Override
        public @Nullable TarFacts load(FactsKey key) {
            return null;
        }

        @Override
        public void keep(FactsKey key, TarFacts facts) {
            // Nothing is kept.
        }
    };

    /** The facts that are kept under this key; null when there are none, or none that can be believed. */
    @Nullable
    TarFacts load(FactsKey key);

    /** Keeps lasting facts under this key as well as it can; what was kept there before gives way. */
    void keep(FactsKey key, TarFacts facts);
}
