package io.limpid.server.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Who may change something.
 *
 * @param token what has to be shown; null when everybody may
 */
record Grants(@Nullable String token) {
    private static final String SCHEME = "Bearer ";

    /** Whether the header of a request grants it; told in a time that does not depend on how much of it is right. */
    boolean allow(@Nullable String authorization) {
        if (token == null) {
            return true;
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] shown = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(shown, token.getBytes(StandardCharsets.UTF_8));
    }
}
