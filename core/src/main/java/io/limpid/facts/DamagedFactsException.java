package io.limpid.facts;

/** A file of facts that is not what was once written there. */
final class DamagedFactsException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedFactsException(String message) {
        super(message);
    }
}
