package io.limpid.version;

/** How one version stands to another. */
public enum Order {
    /** The first is older. */
    BEFORE,
    /** They are the same version, however they are written. */
    SAME,
    /** The first is newer. */
    AFTER,
    /** At least one is no version of the scheme, so that nobody can tell. */
    UNDECIDED;

    /** The order that a result of {@link Comparable#compareTo} stands for. */
    public static Order of(int comparison) {
        return comparison < 0 ? BEFORE : comparison > 0 ? AFTER : SAME;
    }
}
