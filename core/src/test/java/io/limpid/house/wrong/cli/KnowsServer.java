package io.limpid.house.wrong.cli;

import io.limpid.house.wrong.server.KnowsCli;

/** One end that knows the other. */
public record KnowsServer(KnowsCli other) {}
