/** A PostgreSQL of the server's own, for who has configured none. */
@NullMarked
package io.limpid.server.store.embedded;

import org.jspecify.annotations.NullMarked;
