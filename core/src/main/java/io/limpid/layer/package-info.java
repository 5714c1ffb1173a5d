/** Turns a layer, be it a tar stream or a tree of files, into the files that detectors asked for. */
@NullMarked
package io.limpid.layer;

import org.jspecify.annotations.NullMarked;
