/** The one outbound HTTP client, for whatever is fetched. */
@NullMarked
package io.limpid.net;

import org.jspecify.annotations.NullMarked;
