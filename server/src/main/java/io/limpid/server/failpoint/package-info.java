/** Named points of the server at which a test ends its process. */
@NullMarked
package io.limpid.server.failpoint;

import org.jspecify.annotations.NullMarked;
