/** Reads rpm's own database format, NDB: slots that lead to blobs. */
@NullMarked
package io.limpid.format.ndb;

import org.jspecify.annotations.NullMarked;
