/** Reads what publishers of rpm packages write of their updates: rpm-md repositories, and errata in whatever document they come. */
@NullMarked
package io.limpid.feedformat.updateinfo;

import org.jspecify.annotations.NullMarked;
