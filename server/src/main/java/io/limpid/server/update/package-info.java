/** Which updaters there are, which namespaces each serves, and which of them has ever finished. */
@NullMarked
package io.limpid.server.update;

import org.jspecify.annotations.NullMarked;
