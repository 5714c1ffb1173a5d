/** Turns the lists of updates of Amazon's repositories into advisories about binary packages. */
@NullMarked
package io.limpid.feed.amazon;

import org.jspecify.annotations.NullMarked;
