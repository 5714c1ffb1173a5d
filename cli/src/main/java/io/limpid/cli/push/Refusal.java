package io.limpid.cli.push;

import io.limpid.format.Printable;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonValue;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.WebResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What people are told of a server that does not do what it was asked for.
 *
 * @param token what could have been shown
 * @param shown what was shown, null for nothing
 */
record Refusal(URI endpoint, WriteToken token, @Nullable String shown) {
    private static final int MOST_OF_AN_ERROR = 1 << 16;
    private static final int MOST_WORDS = 500;
    private static final String GIVE = WriteToken.VARIABLE + " or " + WriteToken.OPTION + " FILE";

    /** Whether the one who refuses would take a token. */
    static boolean wantsToken(WebResponse answer) {
        String scheme = answer.headers().first("WWW-Authenticate");
        return scheme != null && scheme.strip().toLowerCase(Locale.ROOT).startsWith("bearer");
    }

    /** The server as people wrote it, without a login. */
    static String host(URI endpoint) {
        return endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }

    /** The error that an answer is. */
    LimpidException of(String what, WebResponse answer, Limits limits) throws IOException {
        String words = message(answer.body().readNBytes(MOST_OF_AN_ERROR), limits);
        return new LimpidException(
                ErrorCode.NETWORK,
                what,
                host(endpoint) + " answered " + answer.status() + (words.isEmpty() ? "" : ": " + words),
                hint(answer, words));
    }

    private static String message(byte[] body, Limits limits) {
        try {
            JsonValue whole = Json.parse(body, MOST_OF_AN_ERROR, limits);
            JsonObject error = whole instanceof JsonObject object ? object.object("Error") : null;
            String message = error == null ? null : error.string("Message");
            if (message != null) {
                return Printable.cut(message, MOST_WORDS);
            }
        } catch (JsonException _) {
            // Then it is no Clair, or something before it.
        }
        return Printable.cut(new String(body, StandardCharsets.UTF_8).strip(), MOST_WORDS);
    }

    private @Nullable String hint(WebResponse answer, String words) {
        if (words.contains("could not find layer")) {
            return "the server has to reach this machine: --my-address is the address by which it does, --port the"
                    + " port, --allow another address from which it comes";
        }
        if (words.contains("not supported")) {
            return "Clair knows no operating system or package manager in this image; limpid scan may";
        }
        int status = answer.status();
        return switch (status) {
            case 301, 302, 303, 307, 308 -> redirected(answer.redirect());
            case 401, 403 -> login(wantsToken(answer));
            case 404, 405 -> "see whether --endpoint is Clair's API port (6060), not that of its health (6061)";
            case 503 ->
                words.contains("updater")
                        ? "nothing can be said of this image until then; the server's log tells how far it is"
                        : "try again a little later; its log tells what it waits for";
            default -> status >= 500 ? "the server's log tells more" : null;
        };
    }

    private static String redirected(@Nullable URI to) {
        return "a push goes to the server that was named and to no other"
                + (to == null || to.getHost() == null
                        ? "; name the right one with --endpoint"
                        : "; if that is the one: --endpoint " + to.getScheme() + "://" + host(to));
    }

    private String login(boolean wantsToken) {
        if (token.given() != null) {
            return "it does not take the token of " + token.origin()
                    + "; the log of a limpid server names the file that" + " has its token";
        }
        if (shown != null) {
            return "it does not take the token of " + token.kept() + ": that is another server's, or api.write_token"
                    + " says another one; give it with " + GIVE;
        }
        if (wantsToken) {
            return "it wants a token: " + GIVE + "; the log of a limpid server names the file that has its own";
        }
        return "the server, or a proxy before it, wants a login: --endpoint http://USER:PASSWORD@HOST, or a token: "
                + GIVE;
    }
}
