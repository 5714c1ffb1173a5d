package io.limpid.house.wrong.detect;

/** What the fold has no need to know of detectors. */
public record DetectorId(String name) {}
