package io.limpid.model;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A failure at an edge, told to people in one shape: what failed and on what, {@code cause:} why, {@code hint:} what to do.
 *
 * <p>It is an {@link IOException}, so that it passes through the stages of a scan like any failure to read.
 */
public final class LimpidException extends IOException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String what;
    private final @Nullable String reason;
    private final @Nullable String hint;

    /**
     * @param code the kind of failure
     * @param what what failed, and on what
     * @param reason why, or null when {@code what} says it
     * @param hint what the user can do, or null
     */
    public LimpidException(ErrorCode code, String what, @Nullable String reason, @Nullable String hint) {
        super(reason == null ? what : what + ": " + reason);
        this.code = code;
        this.what = what;
        this.reason = reason;
        this.hint = hint;
    }

    public ErrorCode code() {
        return code;
    }

    public @Nullable String reason() {
        return reason;
    }

    public @Nullable String hint() {
        return hint;
    }

    /** What failed, without the reason. */
    public String what() {
        return what;
    }
}
