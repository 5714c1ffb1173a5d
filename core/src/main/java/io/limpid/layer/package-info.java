/** Turns a layer's tar stream into the files that detectors asked for. */
@NullMarked
package io.limpid.layer;

import org.jspecify.annotations.NullMarked;
