/** The server's configuration: Clair's file, 2.0's and v3's, with keys of our own. */
@NullMarked
package io.limpid.server.config;

import org.jspecify.annotations.NullMarked;
