package io.limpid.server.config;

import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param host a name or an address, IPv6 without brackets; empty for all addresses
 * @param port 0 for any that is free
 */
public record ListenAddress(String host, int port) {

    /** Reads {@code HOST:PORT}, {@code [IPv6]:PORT} or {@code :PORT}, as Go does; null when it is none. */
    static @Nullable ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return null;
        }
        String host = text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return null;
        }
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535 || host.matches(".*[\\s/\\[\\]].*")) {
            return null;
        }
        return new ListenAddress(host, Integer.parseInt(port));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
