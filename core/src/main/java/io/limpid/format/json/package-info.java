/** Turns the bytes of a foreign JSON document into values that cannot surprise: bounded, unambiguous, with the kinds checked. */
@NullMarked
package io.limpid.format.json;

import org.jspecify.annotations.NullMarked;
