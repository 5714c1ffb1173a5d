/** Turns compressed bytes into plain ones, whatever they were compressed with. */
@NullMarked
package io.limpid.format.compress;

import org.jspecify.annotations.NullMarked;
