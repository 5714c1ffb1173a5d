/** Turns AlmaLinux's errata into advisories about binary packages. */
@NullMarked
package io.limpid.feed.alma;

import org.jspecify.annotations.NullMarked;
