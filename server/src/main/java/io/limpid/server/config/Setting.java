package io.limpid.server.config;

import org.jspecify.annotations.Nullable;

/**
 * What one key is set to.
 *
 * @param <T> what its text means
 * @param value null when the key has no default and is not set
 * @param text as it was written, or as the default is; empty when there is none
 * @param origin file and line, or {@code default}
 */
record Setting<T>(@Nullable T value, String text, String origin) {}
