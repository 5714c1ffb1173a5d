/** Turns what dnf remembers into the repositories that packages were installed from and the enabled streams of modules. */
@NullMarked
package io.limpid.detect.dnf;

import org.jspecify.annotations.NullMarked;
