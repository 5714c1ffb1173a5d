package io.limpid.snapshot;

import java.io.IOException;

/** Bytes of a snapshot file that are not what was written: what is wrong with them. */
final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String what) {
        super(what);
    }
}
