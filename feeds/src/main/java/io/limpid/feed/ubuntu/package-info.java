/** Turns Canonical's OVAL definitions of CVEs into advisories about binary packages with source versions. */
@NullMarked
package io.limpid.feed.ubuntu;

import org.jspecify.annotations.NullMarked;
