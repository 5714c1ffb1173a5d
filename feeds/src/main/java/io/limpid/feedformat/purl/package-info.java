/** Reads package-urls, by which documents of several forms call packages. */
@NullMarked
package io.limpid.feedformat.purl;

import org.jspecify.annotations.NullMarked;
