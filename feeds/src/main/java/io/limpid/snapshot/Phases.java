package io.limpid.snapshot;

/** Hears how far an update has come. */
public interface Phases {
    /** Nobody. */
    Phases NONE = _ -> {};

    /** An update has come this far. */
    void reached(Phase phase);
}
