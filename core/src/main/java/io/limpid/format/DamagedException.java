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

    /** None: it tells of bytes, not of code, and a hostile file may have one in every few bytes. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** What is wrong, as the message says it. */
    public String what() {
        return what;
    }
}
