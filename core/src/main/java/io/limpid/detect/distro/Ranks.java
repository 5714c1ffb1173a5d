package io.limpid.detect.distro;

/** How far each file is believed; the lower, the more. */
final class Ranks {
    static final int ETC_OS_RELEASE = 1;
    static final int USR_OS_RELEASE = 2;
    static final int LSB_RELEASE = 3;
    static final int ALPINE_RELEASE = 4;
    static final int DEBIAN_VERSION = 5;
    static final int APT_SOURCES = 6;

    /** centos-release, oracle-release and the like. */
    static final int OWN_RELEASE = 7;

    /** redhat-release and system-release: Oracle's say that it is Red Hat's. */
    static final int SHARED_RELEASE = 8;

    /** For a codename that testing and unstable share: it counts when nothing tells which of the two it is. */
    static final int GUESS = 9;

    private Ranks() {}
}
