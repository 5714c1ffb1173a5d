/** Reads what pacman has installed. */
@NullMarked
package io.limpid.detect.pacman;

import org.jspecify.annotations.NullMarked;
