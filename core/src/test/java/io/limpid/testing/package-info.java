/** What tests of all packages and modules share. */
@NullMarked
package io.limpid.testing;

import org.jspecify.annotations.NullMarked;
