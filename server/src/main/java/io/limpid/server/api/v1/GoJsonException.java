package io.limpid.server.api.v1;

/** JSON that Go's decoder refuses, in its words. */
final class GoJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    GoJsonException(String message) {
        super(message);
    }
}
