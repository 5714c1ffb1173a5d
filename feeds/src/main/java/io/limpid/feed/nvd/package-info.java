/** NIST's National Vulnerability Database becomes details of vulnerabilities. */
@NullMarked
package io.limpid.feed.nvd;

import org.jspecify.annotations.NullMarked;
