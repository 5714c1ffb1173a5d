/** Turns rpm's databases, of every format it has had, into packages. */
@NullMarked
package io.limpid.detect.rpm;

import org.jspecify.annotations.NullMarked;
