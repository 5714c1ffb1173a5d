package io.limpid.format;

import java.io.IOException;

/** Bytes that are not what their format says they must be; the message says which and where. */
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String what;

    public DamagedException(String what) {
        super(what);
        this.what = what;
    }

    /** What is wrong, as the message says it. */
    public String what() {
        return what;
    }
}
