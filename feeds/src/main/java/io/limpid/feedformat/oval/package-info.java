/** Reads OVAL definitions of rpm packages, as several distributions publish them, into flat statements about one package each. */
@NullMarked
package io.limpid.feedformat.oval;

import org.jspecify.annotations.NullMarked;
