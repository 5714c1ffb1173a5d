/** Reads a posted layer: fetched, detected as Clair does, folded onto its parent, stored. */
@NullMarked
package io.limpid.server.worker;

import org.jspecify.annotations.NullMarked;
