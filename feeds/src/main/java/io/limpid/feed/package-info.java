/** Turns what distributions publish into advisories; one folder a feed. */
@NullMarked
package io.limpid.feed;

import org.jspecify.annotations.NullMarked;
