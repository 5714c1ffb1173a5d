package io.limpid.server.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the server keeps what it knows.
 *
 * @param source PostgreSQL's connection string; null for a PostgreSQL of its own
 * @param dataFolder of its own PostgreSQL; null for the usual place
 * @param cacheSize names whose rows are remembered
 * @param connections at most; 0 for as many as are useful
 * @param keepDeleted after which what was deleted is swept; 0 for never
 */
public record DatabaseSettings(
        @Nullable String source, @Nullable Path dataFolder, int cacheSize, int connections, Duration keepDeleted) {}
