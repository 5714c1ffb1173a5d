package io.limpid.net;

import org.jspecify.annotations.Nullable;

/**
 * Whom a connection leads to, for messages.
 *
 * @param target whom the request is for
 * @param proxy the proxy that is dialled instead, null for none
 */
record Peer(Origin target, @Nullable Proxy proxy) {

    /** The name that is looked up. */
    String name() {
        return proxy == null ? target.host() : proxy.origin().host() + " (the proxy of " + proxy.setting() + ")";
    }

    @Override
    public String toString() {
        return proxy == null
                ? target.authority()
                : "the proxy " + proxy.origin().hostAndPort() + " (" + proxy.setting() + ")";
    }
}
