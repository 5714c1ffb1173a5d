package io.limpid.net;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whom a URL's credentials are for: scheme, host and port (RFC 6454).
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name in lower case, or an address without brackets
 * @param port the port, also when the URL leaves it out
 */
record Origin(String scheme, String host, int port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int LAST_PORT = 65_535;
    private static final int LONGEST_HOST = 253;

    /**
     * The origin of a URL.
     *
     * <p>The authority is read here and not by {@link URI}, to which {@code my_registry:5000} has no host.
     *
     * @throws NetFailure when it is no URL that can be fetched
     */
    static Origin of(URI url) throws NetFailure {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw NetFailure.lasting("only http and https URLs are fetched", null);
        }
        String authority = url.getRawAuthority();
        if (authority == null) {
            throw NetFailure.lasting("the URL has no host", null);
        }
        String place = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = place.lastIndexOf(':');
        boolean hasPort = colon > place.lastIndexOf(']');
        String host = host(hasPort ? place.substring(0, colon) : place);
        int port = hasPort ? port(place.substring(colon + 1)) : -1;
        if (port < 0) {
            port = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        }
        return new Origin(scheme, host, port);
    }

    private static String host(String text) throws NetFailure {
        if (text.startsWith("[") && text.endsWith("]")) {
            InetAddress address = AddressRange.address(text.substring(1, text.length() - 1));
            if (address == null) {
                throw NetFailure.lasting("the URL's host is no address that can be dialled", null);
            }
            return address.getHostAddress();
        }
        String host = text.toLowerCase(Locale.ROOT);
        if (host.chars().anyMatch(c -> c > 0x7f)) {
            host = ascii(host);
        }
        if (host.isEmpty() || host.length() > LONGEST_HOST || !host.chars().allMatch(Origin::isOfName)) {
            throw NetFailure.lasting("the URL has no host, or one that is no name", null);
        }
        return host;
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /** Compose gives services names with an underscore, which DNS allows and RFC 1123 does not. */
    private static boolean isOfName(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    }

    private static int port(String text) throws NetFailure {
        if (text.isEmpty()) {
            return -1;
        }
        boolean number = text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(text) : 0;
        if (port < 1 || port > LAST_PORT) {
            throw NetFailure.lasting("the URL's port is none", null);
        }
        return port;
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    /** The host as it stands in a URL: an IPv6 address in brackets. */
    String hostText() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** Host and port, always both. */
    String hostAndPort() {
        return hostText() + ":" + port;
    }

    /** Host, and the port when it is not the scheme's own. */
    String authority() {
        boolean usual = port == (isSecure() ? HTTPS_PORT : HTTP_PORT);
        return usual ? hostText() : hostAndPort();
    }

    /** The address that the host is written as, in any way that an operating system reads; null when it is a name. */
    @Nullable
    InetAddress literal() {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException _) {
            return posixLiteral();
        }
    }

    private @Nullable InetAddress posixLiteral() {
        try {
            return Inet4Address.ofPosixLiteral(host);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
