package io.limpid.house.wrong.inventory;

import io.limpid.house.wrong.detect.DetectorId;

/** Wrong: the fold needs names of detectors, not their types. */
public record KnowsIds(DetectorId id) {}
