/** The values that pass between the stages of a scan: records that are valid when they exist. */
@NullMarked
package io.limpid.model;

import org.jspecify.annotations.NullMarked;
