/** Clair's API v1: its JSON as Go reads and writes it, its routes, its page tokens. */
@NullMarked
package io.limpid.server.api.v1;

import org.jspecify.annotations.NullMarked;
