/** CISA's catalogue of known exploited vulnerabilities becomes details of vulnerabilities. */
@NullMarked
package io.limpid.feed.kev;

import org.jspecify.annotations.NullMarked;
