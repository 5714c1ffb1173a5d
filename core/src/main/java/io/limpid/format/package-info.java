/** What every reader of a foreign format needs: text that is safe to show to people, and streams that let no byte pass unseen. */
@NullMarked
package io.limpid.format;

import org.jspecify.annotations.NullMarked;
