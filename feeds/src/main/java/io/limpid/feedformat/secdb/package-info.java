/** Reads security databases in Alpine's form: source packages, and for each version what it fixed. */
@NullMarked
package io.limpid.feedformat.secdb;

import org.jspecify.annotations.NullMarked;
