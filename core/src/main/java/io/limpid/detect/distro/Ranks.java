package io.limpid.detect.distro;

/** How far each file is believed; the lower, the more. */
final class Ranks {
    static final int ETC_OS_RELEASE = 1;
    static final int USR_OS_RELEASE = 2;
    static final int LSB_RELEASE = 3;
    static final int ALPINE_RELEASE = 4;
    static final int DEBIAN_VERSION = 5;
    static final int APT_SOURCES = 6;

    /** For a codename that testing and unstable share: it counts when nothing tells which of the two it is. */
    static final int GUESS = 9;

    private Ranks() {}
}
