/** Turns Chainguard's security database, and its records in the form of OSV, into advisories. */
@NullMarked
package io.limpid.feed.chainguard;

import org.jspecify.annotations.NullMarked;
