/** Reads what Docker keeps of a layer's tar beside its unpacked files. */
@NullMarked
package io.limpid.format.tarsplit;

import org.jspecify.annotations.NullMarked;
