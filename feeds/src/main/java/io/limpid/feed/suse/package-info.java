/** Turns SUSE's bulletins (CSAF) and its OVAL definitions of vulnerabilities into advisories about binary packages. */
@NullMarked
package io.limpid.feed.suse;

import org.jspecify.annotations.NullMarked;
