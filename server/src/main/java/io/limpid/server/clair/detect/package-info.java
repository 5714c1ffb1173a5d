/** Tells the namespace and the features of a layer by the same files and rules as Clair. */
@NullMarked
package io.limpid.server.clair.detect;

import org.jspecify.annotations.NullMarked;
