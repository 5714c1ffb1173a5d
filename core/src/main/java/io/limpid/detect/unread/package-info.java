/** Turns package databases that no detector reads yet into problems that say so. */
@NullMarked
package io.limpid.detect.unread;

import org.jspecify.annotations.NullMarked;
