/** Tells receivers of notifications: claims those that wait, sends each until it is taken or left for later. */
@NullMarked
package io.limpid.server.notify;

import org.jspecify.annotations.NullMarked;
