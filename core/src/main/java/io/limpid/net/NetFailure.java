package io.limpid.net;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a request failed, while it is still open whether it will be repeated. */
final class NetFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String reason;
    private final @Nullable String hint;
    private final boolean passing;
    private final @Nullable Duration retryAfter;

    private NetFailure(
            ErrorCode code, String reason, @Nullable String hint, boolean passing, @Nullable Duration retryAfter) {
        super(reason);
        this.code = code;
        this.reason = reason;
        this.hint = hint;
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /** A failure that will be the same next time. */
    static NetFailure lasting(String reason, @Nullable String hint) {
        return new NetFailure(ErrorCode.NETWORK, reason, hint, false, null);
    }

    /** A failure that may be over next time. */
    static NetFailure passing(String reason, @Nullable String hint) {
        return new NetFailure(ErrorCode.NETWORK, reason, hint, true, null);
    }

    /** A lasting failure of another kind than the network. */
    static NetFailure of(ErrorCode code, String reason, @Nullable String hint) {
        return new NetFailure(code, reason, hint, false, null);
    }

    /** More bytes than were allowed for, by a limit that people know by this name; null for one that nobody changes. */
    static NetFailure tooLarge(String reason, @Nullable String limit) {
        String named = limit == null ? "" : " (limit " + limit + ")";
        return new NetFailure(ErrorCode.LIMIT, reason + named, null, false, null);
    }

    NetFailure because(Throwable cause) {
        initCause(cause);
        return this;
    }

    /** The same, with the pause that the server asks for. */
    NetFailure after(@Nullable Duration pause) {
        return copy(reason, pause);
    }

    /** The same, said to have happened elsewhere than where the request began. */
    NetFailure at(String place) {
        return copy(place + ": " + reason, retryAfter);
    }

    /** The same, with a word more. */
    NetFailure adding(String words) {
        return copy(reason + words, retryAfter);
    }

    private NetFailure copy(String newReason, @Nullable Duration newPause) {
        NetFailure copy = new NetFailure(code, newReason, hint, passing, newPause);
        copy.initCause(getCause());
        return copy;
    }

    /** Whether it makes sense to try again. */
    boolean isPassing() {
        return passing;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** The failure as people are told it. */
    LimpidException told(String what) {
        LimpidException told = new LimpidException(code, what, reason, hint);
        told.initCause(this);
        return told;
    }
}
