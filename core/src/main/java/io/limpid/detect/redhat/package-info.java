/** Turns what Red Hat's build system leaves in an image into clues of where its packages come from. */
@NullMarked
package io.limpid.detect.redhat;

import org.jspecify.annotations.NullMarked;
