/** Compares what is installed with what is published as vulnerable. */
@NullMarked
package io.limpid.match;

import org.jspecify.annotations.NullMarked;
