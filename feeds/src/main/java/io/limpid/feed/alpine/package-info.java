/** Turns Alpine's security databases into advisories about source packages. */
@NullMarked
package io.limpid.feed.alpine;

import org.jspecify.annotations.NullMarked;
