/** Text of others: made safe to show to people, and understood where it is mistyped. */
@NullMarked
package io.limpid.format;

import org.jspecify.annotations.NullMarked;
