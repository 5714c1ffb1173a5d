/** Reads what somebody here knows better than the publishers: a file of local corrections. */
@NullMarked
package io.limpid.correction;

import org.jspecify.annotations.NullMarked;
