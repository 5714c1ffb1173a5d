/** Reads CSAF 2.0 documents: which products there are, and what is said of each vulnerability in them. */
@NullMarked
package io.limpid.feedformat.csaf;

import org.jspecify.annotations.NullMarked;
