package io.limpid.house.wrong.report;

import io.limpid.house.wrong.detect.Detectors;

/** A stage that chooses its own company. */
public final class KnowsList {

    /** How many there are. */
    public int count() {
        return Detectors.all().size();
    }
}
