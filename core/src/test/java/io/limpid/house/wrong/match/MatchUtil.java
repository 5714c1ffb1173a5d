package io.limpid.house.wrong.match;

import io.limpid.house.wrong.model.KnowsMatch;
import java.sql.Connection;

/** A name that says nothing, a circle, and SQL where there is no store. */
public record MatchUtil(KnowsMatch model, Connection database) {}
