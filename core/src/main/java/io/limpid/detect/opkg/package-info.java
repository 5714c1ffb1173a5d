/** Reads what opkg has installed. */
@NullMarked
package io.limpid.detect.opkg;

import org.jspecify.annotations.NullMarked;
