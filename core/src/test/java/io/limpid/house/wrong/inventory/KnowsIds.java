package io.limpid.house.wrong.inventory;

import io.limpid.house.wrong.detect.DetectorId;

/** Right: the one class of a closed room that the fold may use. */
public record KnowsIds(DetectorId id) {}
