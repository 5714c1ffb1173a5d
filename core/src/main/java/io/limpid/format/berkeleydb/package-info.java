/** Reads the records of Berkeley DB's hash and btree files, without their keys' order and without locks. */
@NullMarked
package io.limpid.format.berkeleydb;

import org.jspecify.annotations.NullMarked;
