/** Measures what the package of this name keeps to itself. */
@NullMarked
package io.limpid.layer;

import org.jspecify.annotations.NullMarked;
