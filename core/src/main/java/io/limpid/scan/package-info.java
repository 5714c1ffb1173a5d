/** Turns the name of an image into a report: the whole journey on one page. */
@NullMarked
package io.limpid.scan;

import org.jspecify.annotations.NullMarked;
