/** Turns SUSE's OVAL definitions of vulnerabilities into advisories about binary packages. */
@NullMarked
package io.limpid.feed.suse;

import org.jspecify.annotations.NullMarked;
