package io.limpid.bundle;

import java.io.IOException;

/** What is wrong with a bundle's bytes, in words; made an error for people where the file's name is known. */
final class BundleFlaw extends IOException {
    private static final long serialVersionUID = 1L;

    BundleFlaw(String what) {
        super(what);
    }
}
