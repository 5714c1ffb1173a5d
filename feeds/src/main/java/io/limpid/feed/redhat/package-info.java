/** Turns Red Hat's CSAF VEX documents, OVAL definitions and list of repositories into advisories on RHEL and CentOS. */
@NullMarked
package io.limpid.feed.redhat;

import org.jspecify.annotations.NullMarked;
