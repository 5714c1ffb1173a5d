/** Advisories in files: fetched and read by any feeds, kept in generations, found for a matcher. */
@NullMarked
package io.limpid.snapshot;

import org.jspecify.annotations.NullMarked;
