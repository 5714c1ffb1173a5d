/** What the server counts and measures, by Clair's names where Clair has one. */
@NullMarked
package io.limpid.server.metrics;

import org.jspecify.annotations.NullMarked;
