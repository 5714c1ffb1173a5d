/** Turns Fedora's updates, as Bodhi lists them, into advisories about source packages. */
@NullMarked
package io.limpid.feed.fedora;

import org.jspecify.annotations.NullMarked;
