/** Answers over HTTP: raw requests to routes as Clair's router finds them, within bounds of number, size and time. */
@NullMarked
package io.limpid.server.api;

import org.jspecify.annotations.NullMarked;
