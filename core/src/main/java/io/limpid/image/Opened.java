package io.limpid.image;

/**
 * An image that one manifest of an archive led to.
 *
 * @param image to be closed
 * @param claim what that manifest says of it
 */
record Opened(Image image, Claim claim) {}
