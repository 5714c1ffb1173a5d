/** CVSS vectors become scores. */
@NullMarked
package io.limpid.cvss;

import org.jspecify.annotations.NullMarked;
