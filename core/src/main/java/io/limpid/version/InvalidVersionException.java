package io.limpid.version;

/** A text that is no version of the scheme that was to read it. */
public final class InvalidVersionException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    /**
     * @param schemeId the scheme that was to read it
     * @param text what was read; the message shows its beginning
     * @param why what is wrong with it
     */
    InvalidVersionException(String schemeId, String text, String why) {
        // Without a stack trace: a hostile image may hold a million such versions, and the trace would say nothing.
        super("not a " + schemeId + " version: \"" + shown(text) + "\": " + why, null, false, false);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
