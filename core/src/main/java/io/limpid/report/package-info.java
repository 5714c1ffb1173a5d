/** Turns a report into bytes; one class a format. */
@NullMarked
package io.limpid.report;

import org.jspecify.annotations.NullMarked;
