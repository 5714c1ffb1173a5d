/** Makes foreign text safe to show to people. */
@NullMarked
package io.limpid.format;

import org.jspecify.annotations.NullMarked;
