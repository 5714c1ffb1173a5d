/** Bundles: generations of many parts in one signed file, for machines that reach no publisher. */
@NullMarked
package io.limpid.bundle;

import org.jspecify.annotations.NullMarked;
