/** Turns the installed database of apk into Alpine packages. */
@NullMarked
package io.limpid.detect.apk;

import org.jspecify.annotations.NullMarked;
