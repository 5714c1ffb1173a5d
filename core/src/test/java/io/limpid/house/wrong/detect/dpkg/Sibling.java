package io.limpid.house.wrong.detect.dpkg;

/** An extension. */
public record Sibling(String name) {}
