/** The server's log: one JSON object a line on stdout, with Clair's keys. */
@NullMarked
package io.limpid.server.log;

import org.jspecify.annotations.NullMarked;
