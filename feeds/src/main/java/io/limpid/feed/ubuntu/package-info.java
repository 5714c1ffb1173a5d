/**
 * Turns what Canonical publishes of CVEs into advisories: OVAL definitions, about binary packages with source versions; the texts of its tracker and records
 * in the form of OSV, about source packages. Of a release one of them speaks, the first that does.
 */
@NullMarked
package io.limpid.feed.ubuntu;

import org.jspecify.annotations.NullMarked;
