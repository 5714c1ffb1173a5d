/** Turns the bytes of a tar archive into its entries. */
@NullMarked
package io.limpid.format.tar;

import org.jspecify.annotations.NullMarked;
