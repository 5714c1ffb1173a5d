/** Turns SBOMs that lie in an image into the packages that they list. */
@NullMarked
package io.limpid.detect.sbom;

import org.jspecify.annotations.NullMarked;
