/** Turns Rocky Linux' errata into advisories about binary packages. */
@NullMarked
package io.limpid.feed.rocky;

import org.jspecify.annotations.NullMarked;
