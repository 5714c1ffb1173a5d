/** Turns a reference into an image: its layers as bytes that can be read, and what its manifest says of them. */
@NullMarked
package io.limpid.image;

import org.jspecify.annotations.NullMarked;
