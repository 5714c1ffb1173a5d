/** Turns documents that list software (SBOMs) into inventories. */
@NullMarked
package io.limpid.sbom;

import org.jspecify.annotations.NullMarked;
