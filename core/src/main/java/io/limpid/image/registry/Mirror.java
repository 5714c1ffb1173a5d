package io.limpid.image.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A registry that is asked before another one.
 *
 * @param of the host of the other one
 * @param secure whether it is asked by HTTPS
 * @param host where it is, with its port where it has one
 * @param folder what its repositories have before their names, with a slash at the end; empty for nothing
 */
public record Mirror(String of, boolean secure, String host, String folder) {

    /**
     * Reads {@code [HOST=]URL}; without a host it is a mirror of {@code docker.io}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Mirror parse(String text) {
        int equals = text.indexOf('=');
        boolean named = equals > 0 && text.lastIndexOf("://", equals) < 0;
        String host = named ? text.substring(0, equals).toLowerCase(Locale.ROOT) : Endpoint.DOCKER_HUB;
        String of = host.equals(Endpoint.OLD_DOCKER_HUB) ? Endpoint.DOCKER_HUB : host;
        try {
            URI url = new URI(named ? text.substring(equals + 1) : text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            String authority = url.getRawAuthority();
            boolean plain = authority != null
                    && authority.indexOf('@') < 0
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
            if (authority != null && plain && (scheme.equals("https") || scheme.equals("http"))) {
                String path = url.getRawPath().replaceAll("^/+|/+$", "");
                return new Mirror(
                        of,
                        scheme.equals("https"),
                        authority.toLowerCase(Locale.ROOT),
                        path.isEmpty() ? "" : path + "/");
            }
        } catch (URISyntaxException _) {
            // Told below.
        }
        throw new IllegalArgumentException("it is no http or https URL of a registry, with the name of what it"
                + " mirrors and = before it or not; who may ask it belongs into Docker's config.json");
    }
}
