/** Turns Wolfi's security database, and the advisories that it is made from, into advisories about source packages. */
@NullMarked
package io.limpid.feed.wolfi;

import org.jspecify.annotations.NullMarked;
