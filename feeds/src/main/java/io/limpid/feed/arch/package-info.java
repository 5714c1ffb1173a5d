/** Turns the groups of vulnerabilities of Arch Linux' security tracker into advisories about packages. */
@NullMarked
package io.limpid.feed.arch;

import org.jspecify.annotations.NullMarked;
