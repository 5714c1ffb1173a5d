package io.limpid.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells the addresses of a name. */
interface Resolver {
    /** The operating system's, with the cache of the Java platform. */
    Resolver SYSTEM = InetAddress::getAllByName;

    /** The addresses of a name, or of an address that is written out; at least one. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
