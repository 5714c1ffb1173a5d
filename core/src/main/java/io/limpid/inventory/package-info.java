/** Turns what was found in the layers into what the image contains. */
@NullMarked
package io.limpid.inventory;

import org.jspecify.annotations.NullMarked;
