package io.limpid.facts;

class FactsInMemoryTest extends FactsStoreContract {
    private final FactsInMemory store = new FactsInMemory();

    @Override
    FactsStore open() {
        return store;
    }
}
