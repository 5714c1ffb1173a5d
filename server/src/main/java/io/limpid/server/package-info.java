/** Speaks Clair's APIs over what a scan finds; a main of its own. */
@NullMarked
package io.limpid.server;

import org.jspecify.annotations.NullMarked;
