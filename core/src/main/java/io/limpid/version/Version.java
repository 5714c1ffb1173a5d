package io.limpid.version;

/**
 * A version that a {@link VersionScheme} has read: its place in that scheme's order.
 *
 * <p>Versions that compare as 0 are equal and have one hash, however differently they are written: to dpkg {@code 1.0} is {@code 0:1.0-0}.
 * Versions of two schemes have no order; comparing them is a programmer's mistake and throws {@link ClassCastException}.
 */
public interface Version extends Comparable<Version> {

    /** The version as it was written. */
    String text();

    /**
     * Whether the scheme's own grammar gives this version its place.
     *
     * <p>Where it does not, the order is what the package manager makes of such a text: good for sorting, too little to call a package safe.
     */
    boolean reliable();
}
