/** Speaks the protocol of registries (OCI distribution specification): manifests and blobs, and who may have them. */
@NullMarked
package io.limpid.image.registry;

import org.jspecify.annotations.NullMarked;
