package io.limpid.facts;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Facts that are kept as long as a test runs. */
public final class FactsInMemory implements FactsStore {
    private final Map<String, TarFacts> kept = new ConcurrentHashMap<>();
    private volatile boolean full;

    /** From now on whoever has something new to keep fails. */
    public void requireNothingNew() {
        full = true;
    }

    /** How many entries there are. */
    public int size() {
        return kept.size();
    }

    @Override
    public @Nullable TarFacts load(FactsKey key) {
        return kept.get(key.text());
    }

    @Override
    public void keep(FactsKey key, TarFacts facts) {
        if (full) {
            throw new AssertionError("something was read again: " + key.text());
        }
        if (facts.lasting()) {
            kept.put(key.text(), facts);
        }
    }
}
