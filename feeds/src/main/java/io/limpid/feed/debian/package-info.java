/** Turns the Debian security tracker's data into advisories about source packages. */
@NullMarked
package io.limpid.feed.debian;

import org.jspecify.annotations.NullMarked;
