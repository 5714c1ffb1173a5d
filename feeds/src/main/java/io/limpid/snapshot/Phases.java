package io.limpid.snapshot;

/** Hears how far an update has come. */
interface Phases {
    Phases NONE = _ -> {};

    void reached(Phase phase);
}
