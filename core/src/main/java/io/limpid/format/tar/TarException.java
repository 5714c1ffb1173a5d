package io.limpid.format.tar;

import java.io.IOException;

/** The bytes are no tar archive, or stop being one. */
public final class TarException extends IOException {
    private static final long serialVersionUID = 1L;

    public TarException(String message) {
        super(message);
    }
}
