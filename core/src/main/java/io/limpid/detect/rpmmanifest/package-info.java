/** Turns the package lists of images without an rpm database into rpm packages. */
@NullMarked
package io.limpid.detect.rpmmanifest;

import org.jspecify.annotations.NullMarked;
