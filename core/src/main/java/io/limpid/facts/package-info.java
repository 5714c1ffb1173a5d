/** Turns a layer into what its files say, once for each content and detector. */
@NullMarked
package io.limpid.facts;

import org.jspecify.annotations.NullMarked;
