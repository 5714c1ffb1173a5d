/** Turns the status files of dpkg into Debian packages. */
@NullMarked
package io.limpid.detect.dpkg;

import org.jspecify.annotations.NullMarked;
