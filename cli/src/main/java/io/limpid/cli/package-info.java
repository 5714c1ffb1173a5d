/** Turns a command line into a scan's report and an exit code. */
@NullMarked
package io.limpid.cli;

import org.jspecify.annotations.NullMarked;
