package io.limpid.house.wrong.server;

import io.limpid.house.wrong.cli.KnowsServer;

/** One end that knows the other. */
public record KnowsCli(KnowsServer other) {}
