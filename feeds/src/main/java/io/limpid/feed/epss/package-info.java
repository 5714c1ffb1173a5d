/** FIRST's daily scores (EPSS) become details of vulnerabilities. */
@NullMarked
package io.limpid.feed.epss;

import org.jspecify.annotations.NullMarked;
