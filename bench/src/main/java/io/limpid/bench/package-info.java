/** Measures what is said to be fast. */
@NullMarked
package io.limpid.bench;

import org.jspecify.annotations.NullMarked;
