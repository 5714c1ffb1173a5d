@NullMarked
package io.limpid.server.scale;

import org.jspecify.annotations.NullMarked;
