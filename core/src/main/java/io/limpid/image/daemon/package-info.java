/** Images of the daemons that run containers on this machine, asked for over the interface that Docker and podman share. */
@NullMarked
package io.limpid.image.daemon;

import org.jspecify.annotations.NullMarked;
