package io.limpid.server.clair;

/** A request that is answered with one of Clair's errors. */
public final class ClairException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ClairError error;

    public ClairException(ClairError error) {
        this(error, error.message());
    }

    /**
     * @param error gives the status
     * @param message instead of the error's own, where Clair's has a part that differs
     */
    public ClairException(ClairError error, String message) {
        super(message);
        this.error = error;
    }

    /**
     * @param error gives status and message
     * @param cause for the log, never for the client
     */
    public ClairException(ClairError error, Throwable cause) {
        super(error.message(), cause);
        this.error = error;
    }

    /**
     * @param error gives the status
     * @param message instead of the error's own
     * @param cause for the log, never for the client
     */
    public ClairException(ClairError error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    public ClairError error() {
        return error;
    }

    public int status() {
        return error.status();
    }
}
