package io.limpid.net;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A forward proxy.
 *
 * @param origin where it is, and whether it is spoken to by TLS
 * @param authorization the value of {@code Proxy-Authorization}, null when it wants none
 * @param setting what names it, for messages: {@code HTTPS_PROXY}
 */
record Proxy(Origin origin, @Nullable String authorization, String setting) {

    /**
     * Reads a proxy's URL, or {@code host:port} alone.
     *
     * @throws NetFailure when it names no proxy that can be used
     */
    static Proxy parse(String text, String setting) throws NetFailure {
        URI url;
        try {
            url = new URI(text.contains("://") ? text : "http://" + text);
        } catch (URISyntaxException _) {
            throw NetFailure.lasting(setting + " is not the URL of a proxy", hint(setting));
        }
        try {
            return new Proxy(Origin.of(url), Urls.basicCredentials(url), setting);
        } catch (NetFailure _) {
            @Nullable String scheme = url.getScheme();
            boolean other = scheme != null && !scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https");
            String reason =
                    other ? " names a " + scheme + " proxy, which is not supported" : " is not the URL of a proxy";
            throw NetFailure.lasting(setting + reason, hint(setting));
        }
    }

    private static String hint(String setting) {
        return "set " + setting + " to http://HOST:PORT, or NO_PROXY to the hosts that need none";
    }

    /** Neither user nor password. */
    @Override
    public String toString() {
        return origin.toString();
    }
}
