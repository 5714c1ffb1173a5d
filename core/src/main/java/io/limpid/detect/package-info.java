/** Turns the wanted files of a layer into packages and clues of the distribution; one folder a detector. */
@NullMarked
package io.limpid.detect;

import org.jspecify.annotations.NullMarked;
