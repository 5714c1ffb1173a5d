/** Turns Microsoft's OVAL definitions for Azure Linux and CBL-Mariner into advisories about source packages. */
@NullMarked
package io.limpid.feed.azurelinux;

import org.jspecify.annotations.NullMarked;
