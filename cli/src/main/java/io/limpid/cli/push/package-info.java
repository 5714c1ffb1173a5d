/** Gives the layers of an image to a server that speaks Clair's API v1, and tells what that says of them. */
@NullMarked
package io.limpid.cli.push;

import org.jspecify.annotations.NullMarked;
