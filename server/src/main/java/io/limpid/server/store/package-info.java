/** What the server keeps, in PostgreSQL: the only place that knows SQL. */
@NullMarked
package io.limpid.server.store;

import org.jspecify.annotations.NullMarked;
