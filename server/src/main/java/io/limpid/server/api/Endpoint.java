package io.limpid.server.api;

/**
 * Where a server listens.
 *
 * @param host a name or an address; empty for all
 * @param port 0 for any that is free
 */
public record Endpoint(String host, int port) {
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
