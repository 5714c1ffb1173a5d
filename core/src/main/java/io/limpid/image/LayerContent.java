package io.limpid.image;

/** Where what is in a layer is found: in the bytes of a tar archive, or in a tree of files that lies unpacked. */
public sealed interface LayerContent permits Blob, FileTree {}
