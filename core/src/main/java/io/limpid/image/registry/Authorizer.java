package io.limpid.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.Headers;
import io.limpid.net.OutboundClient;
import io.limpid.net.Patience;
import io.limpid.net.WebRequest;
import io.limpid.net.WebResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gets what a registry wants to be shown: a password, or a token of the server that it names; for any number of threads.
 *
 * <p>Credentials are looked up when the registry itself asks for them, and sent to it or to the token server that it names and to nobody else:
 * there by HTTPS, or by HTTP to the registry's own host where that is asked by HTTP. A redirect of a token server is not followed.
 */
final class Authorizer {
    private static final String CLIENT = "limpid";
    private static final int TOKEN_BYTES = 1 << 20;
    private static final String TOKEN_SERVER =
            "try again; if it stays so, who runs HOST has to see to its token server";

    private final OutboundClient client;
    private final CredentialSource source;
    private final Endpoint endpoint;
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Credentials credentials;
    private volatile @Nullable String header;

    Authorizer(OutboundClient client, CredentialSource source, Endpoint endpoint, Limits limits) {
        this.client = client;
        this.source = source;
        this.endpoint = endpoint;
        this.limits = limits;
    }

    /** The value of {@code Authorization} that the registry took last, null when it has asked for none. */
    @Nullable
    String header() {
        return header;
    }

    /** Where the credentials are from that were shown; empty when none were. */
    String shown() {
        Credentials found = credentials;
        return found == null ? "" : found.source();
    }

    /**
     * The answer to a registry's challenges: a new token where one is wanted.
     *
     * @param refused the value that it did not take; where another thread has got a newer one since, that is given
     * @throws LimpidException when there is nothing that it could be shown
     */
    String answer(List<String> fields, @Nullable String refused) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            String now = header;
            if (now != null && !now.equals(refused)) {
                return now;
            }
            String fresh = header(Challenge.parse(fields));
            header = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private String header(List<Challenge> challenges) throws IOException, InterruptedException {
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                return "Bearer " + token(challenge);
            }
        }
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("basic") && credentials() instanceof Credentials.Login login) {
                return basic(login);
            }
        }
        throw unauthorized(
                endpoint.host() + " answered 401 Unauthorized, and there is no login for it", RegistryErrors.LOGIN);
    }

    private Credentials credentials() throws IOException {
        Credentials known = credentials;
        if (known == null) {
            known = source.find(endpoint.account(), endpoint.repository());
            credentials = known;
        }
        return known;
    }

    private String token(Challenge challenge) throws IOException, InterruptedException {
        URI realm = realm(challenge.parameter("realm"));
        String service = challenge.parameter("service");
        // Not the scope that it names: who only reads asks for nothing more.
        String query = (service == null ? "" : "service=" + encoded(service) + "&") + "scope="
                + encoded("repository:" + endpoint.repository() + ":pull");
        return switch (credentials()) {
            case Credentials.RegistryToken given -> checked(given.token());
            case Credentials.Anonymous _ -> token(get(realm, query));
            case Credentials.Login login -> token(get(realm, query).with("Authorization", basic(login)));
            case Credentials.IdentityToken identity ->
                token(WebRequest.post(
                        realm,
                        "application/x-www-form-urlencoded",
                        "grant_type=refresh_token&client_id=" + CLIENT + "&refresh_token=" + encoded(identity.token())
                                + "&" + query,
                        TOKEN_BYTES));
        };
    }

    private static WebRequest get(URI realm, String query) {
        String text = realm.toString();
        return WebRequest.get(URI.create(text + (text.indexOf('?') < 0 ? "?" : "&") + query), TOKEN_BYTES)
                .withoutRedirects();
    }

    private String token(WebRequest request) throws IOException, InterruptedException {
        Patience patience = client.patience();
        while (true) {
            try (WebResponse response = client.exchange(request)) {
                if (response.status() == 200) {
                    return token(response);
                }
                wait(patience, response);
            }
        }
    }

    private void wait(Patience patience, WebResponse response) throws LimpidException, InterruptedException {
        int status = response.status();
        if (status == 400 || status == 401 || status == 403) {
            String from = shown();
            String who = from.isEmpty() ? "nobody may pull without a login" : "it refuses the login from " + from;
            throw unauthorized(
                    response.refused().reason() + " when " + response.from().getRawAuthority()
                            + " was asked for a token: " + who,
                    RegistryErrors.LOGIN);
        }
        try {
            patience.await(response.refused(), false);
        } catch (LimpidException e) {
            throw unauthorized(
                    e.reason() + " when " + response.from().getRawAuthority() + " was asked for a token", null);
        }
    }

    private String token(WebResponse response) throws IOException {
        byte[] bytes = response.body().readAllBytes();
        String token = null;
        try {
            if (Json.parse(bytes, TOKEN_BYTES, limits) instanceof JsonObject json) {
                token = json.string("token");
                token = token == null || token.isEmpty() ? json.string("access_token") : token;
            }
        } catch (JsonException _) {
            // Then there is none in it.
        }
        if (token == null || token.isEmpty()) {
            throw unauthorized(response.from().getRawAuthority() + " answered 200 without a token", null);
        }
        return checked(token);
    }

    private String checked(String token) throws LimpidException {
        if (!Headers.isValue(token) || token.indexOf(' ') >= 0) {
            throw unauthorized("the token for it is none that can be sent", null);
        }
        return token;
    }

    private URI realm(@Nullable String text) throws LimpidException {
        try {
            URI realm = new URI(text == null ? "" : text);
            String authority = realm.getRawAuthority();
            String scheme = String.valueOf(realm.getScheme()).toLowerCase(Locale.ROOT);
            boolean usable = authority != null && authority.indexOf('@') < 0 && realm.getRawFragment() == null;
            if (usable && scheme.equals("https")) {
                return realm;
            }
            if (authority != null && usable && scheme.equals("http")) {
                boolean same = Endpoint.name(authority).equalsIgnoreCase(Endpoint.name(endpoint.host()));
                if (same && !endpoint.secure()) {
                    return realm;
                }
                throw unauthorized(
                        endpoint.host() + " names a token server that is asked by plain HTTP: " + authority,
                        "who runs the registry has to name one with https");
            }
        } catch (URISyntaxException _) {
            // Told below.
        }
        throw unauthorized(
                endpoint.host() + " answered 401 Unauthorized and names no token server that can be asked", null);
    }

    private static String basic(Credentials.Login login) {
        byte[] both = (login.user() + ":" + login.password()).getBytes(UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private LimpidException unauthorized(String reason, @Nullable String hint) {
        return new LimpidException(
                ErrorCode.NETWORK,
                "cannot get " + endpoint.repository() + " from " + endpoint.host(),
                reason,
                (hint == null ? TOKEN_SERVER : hint).replace("HOST", endpoint.account()));
    }
}
