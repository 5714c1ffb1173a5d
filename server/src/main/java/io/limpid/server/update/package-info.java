/** Which updaters there are, which namespaces each serves, which of them has ever finished and how its last run ended. */
@NullMarked
package io.limpid.server.update;

import org.jspecify.annotations.NullMarked;
