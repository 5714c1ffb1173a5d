/** Turns VMware's OVAL definitions and lists of vulnerabilities of Photon OS into advisories. */
@NullMarked
package io.limpid.feed.photon;

import org.jspecify.annotations.NullMarked;
