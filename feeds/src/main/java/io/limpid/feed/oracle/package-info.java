/** Turns Oracle's OVAL definitions of errata into advisories about binary packages. */
@NullMarked
package io.limpid.feed.oracle;

import org.jspecify.annotations.NullMarked;
