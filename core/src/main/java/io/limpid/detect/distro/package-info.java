/** Turns release files and package sources into clues of the distribution. */
@NullMarked
package io.limpid.detect.distro;

import org.jspecify.annotations.NullMarked;
