/** Turns a command line into a run of the stages, and what they return into output and an exit code. */
@NullMarked
package io.limpid.cli;

import org.jspecify.annotations.NullMarked;
