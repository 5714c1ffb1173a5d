/** Turns the facts of an image's layers into what the image contains. */
@NullMarked
package io.limpid.inventory;

import org.jspecify.annotations.NullMarked;
