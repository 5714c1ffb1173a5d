/** A load on two servers while these, their database and a clock fail, and what must be true afterwards: {@code bench/chaos}. */
@NullMarked
package io.limpid.server.chaos;

import org.jspecify.annotations.NullMarked;
