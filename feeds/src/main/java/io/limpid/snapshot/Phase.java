package io.limpid.snapshot;

/** How far an update has come, in this order; what is said of each holds until the next. */
public enum Phase {
    /** The lock is taken. */
    LOCKED,
    /** What killed writers left is removed. */
    SWEPT,
    /** One document is there or is not to be had. */
    FETCHED,
    /** A thousand more advisories were read. */
    READING,
    /** All documents are read. */
    READ,
    /** The new file is written and outlasts a loss of power. */
    WRITTEN,
    /** The new file was read whole and compared with the current one. */
    VERIFIED,
    /** The current file is also the previous one. */
    KEPT,
    /** The new file is current. */
    SWITCHED,
    /** It is written down that it is. */
    NOTED
}
