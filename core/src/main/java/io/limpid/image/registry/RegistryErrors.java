package io.limpid.image.registry;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.net.WebResponse;
import org.jspecify.annotations.Nullable;

/** What an answer that is of no use means to people: host, status, and what to do. */
final class RegistryErrors {
    static final String LOGIN = "log in with 'docker login HOST' (or podman, skopeo, with REGISTRY_AUTH_FILE);"
            + " of a repository that does not exist a registry may say the same";

    private RegistryErrors() {}

    /**
     * The error of an answer with a status that is of no use.
     *
     * @param failure as the client tells it
     * @param shown where the credentials are from that were shown; empty when none were
     */
    static LimpidException of(LimpidException failure, WebResponse response, Endpoint endpoint, String shown) {
        boolean elsewhere = !response.isFromWhoWasAsked();
        String host = elsewhere
                ? response.from().getRawAuthority() + ", where " + endpoint.host() + " redirects to,"
                : endpoint.host();
        String reason =
                String.valueOf(failure.reason()).replace("the server answered", host + " answered") + with(shown);
        int status = response.status();
        ErrorCode code = status == 404 || status == 410 ? ErrorCode.NOT_FOUND : failure.code();
        LimpidException told = new LimpidException(code, failure.what(), reason, hint(status, endpoint, elsewhere));
        told.initCause(failure);
        return told;
    }

    private static String with(String shown) {
        return shown.isEmpty() ? "" : ", to the login from " + shown;
    }

    private static @Nullable String hint(int status, Endpoint endpoint, boolean elsewhere) {
        return switch (status) {
            case 401, 403 ->
                elsewhere
                        ? "who runs the registry has to see to its store of blobs; try again later"
                        : LOGIN.replace("HOST", endpoint.account());
            case 404, 410 -> "see whether repository and tag are spelled right: nothing of that name is there";
            case 429 ->
                "the registry limits how often it is asked: log in ('docker login " + endpoint.account()
                        + "'), try later, or name a mirror with --registry-mirror";
            case 400 ->
                endpoint.secure()
                        ? "see whether a registry is there"
                        : "see whether it wants HTTPS: it was asked by plain HTTP";
            default ->
                status >= 500 ? "try again later" : "see whether " + endpoint.host() + " is a registry of version 2";
        };
    }

    /** The same failure, with something to do about it where it says nothing. */
    static LimpidException hinted(LimpidException failure, Endpoint endpoint) {
        if (failure.hint() != null) {
            return failure;
        }
        String hint = failure.code() == ErrorCode.LIMIT
                ? "see whether " + endpoint.host() + " is a registry: no image needs that much"
                : "try again; if it stays so, " + endpoint.host() + " or the network before it is at fault";
        LimpidException told = new LimpidException(failure.code(), failure.what(), failure.reason(), hint);
        told.initCause(failure);
        return told;
    }

    /** The error of a registry whose answer cannot be what it says. */
    static LimpidException lying(Endpoint endpoint, String what, String reason) {
        return new LimpidException(
                ErrorCode.BROKEN_IMAGE,
                "cannot use " + what + " of " + endpoint.repository() + " from " + endpoint.host(),
                reason,
                "try again; if it stays so, the registry, its mirror or a proxy before it is broken or lies");
    }
}
