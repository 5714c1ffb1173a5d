/** What every reader of a foreign format needs: text of others that is safe to show and understood where mistyped, and streams that let no byte pass unseen. */
@NullMarked
package io.limpid.format;

import org.jspecify.annotations.NullMarked;
