package io.limpid.house.wrong.model;

import io.limpid.house.wrong.match.MatchUtil;

/** Ground that looks up, and a circle. */
public record KnowsMatch(MatchUtil match) {}
