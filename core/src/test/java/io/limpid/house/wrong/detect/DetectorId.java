package io.limpid.house.wrong.detect;

/** What the fold may know of detectors. */
public record DetectorId(String name) {}
