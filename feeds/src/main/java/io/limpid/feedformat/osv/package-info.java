/** Reads vulnerabilities in the Open Source Vulnerability form (OSV), whoever publishes them. */
@NullMarked
package io.limpid.feedformat.osv;

import org.jspecify.annotations.NullMarked;
