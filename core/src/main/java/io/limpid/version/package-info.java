/** Turns the text of a version into its place in the order of its ecosystem. */
@NullMarked
package io.limpid.version;

import org.jspecify.annotations.NullMarked;
