/** Turns YAML documents, which feeds have written before JSON and beside it, into JSON. */
@NullMarked
package io.limpid.feedformat.yaml;

import org.jspecify.annotations.NullMarked;
