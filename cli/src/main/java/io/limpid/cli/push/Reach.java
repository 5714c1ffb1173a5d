package io.limpid.cli.push;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where layers are served, and to whom.
 *
 * @param bound the address to listen at; the wildcard where the server reaches this machine by an address that is none of its own
 * @param host by which the server reaches it, as it stands in a URL
 * @param allowed who gets layers
 */
public record Reach(InetAddress bound, String host, Set<InetAddress> allowed) {
    private static final int ANY_PORT = 9;

    /** Says which addresses a name has. */
    @FunctionalInterface
    interface Names {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    public Reach {
        allowed = Set.copyOf(allowed);
    }

    /**
     * The reach for a server.
     *
     * @param mine the address by which it reaches this machine, null for that of the route to it
     * @param others who gets layers besides
     */
    public static Reach of(URI endpoint, @Nullable String mine, List<String> others) throws IOException {
        return of(endpoint, mine, others, InetAddress::getAllByName);
    }

    static Reach of(URI endpoint, @Nullable String mine, List<String> others, Names names) throws IOException {
        List<InetAddress> server = addresses(endpoint.getHost(), "--endpoint", names);
        InetAddress address = mine == null
                ? towards(server)
                : addresses(mine, "--my-address", names).getFirst();
        Set<InetAddress> allowed = new HashSet<>(server);
        for (String other : others) {
            allowed.addAll(addresses(other, "--allow", names));
        }
        for (InetAddress one : server) {
            if (isOfThisMachine(one)) {
                // What it sends to an address of its own comes from that one, or to loopback from the first of those.
                allowed.add(address.isLoopbackAddress() ? towards(List.of(address)) : address);
            }
        }
        InetAddress bound = isOfThisMachine(address)
                ? address
                : InetAddress.getByAddress(new byte[address instanceof Inet6Address ? 16 : 4]);
        return new Reach(bound, mine == null || mine.contains(":") ? inUrl(address) : mine, allowed);
    }

    /**
     * Whether a host is this machine whatever a name server says; what is there is asked without a proxy.
     *
     * @param host as in a URL
     */
    static boolean isThisMachine(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static List<InetAddress> addresses(String host, String option, Names names) throws LimpidException {
        try {
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            return List.of(names.addresses(bracketed ? host.substring(1, host.length() - 1) : host));
        } catch (UnknownHostException _) {
            throw new LimpidException(
                    ErrorCode.NETWORK,
                    "there is no address of " + host,
                    "the name is not known here",
                    "see whether " + option + " is right");
        }
    }

    /** The address of this machine from which the first of those is reached that is at all: nothing is sent to find it. */
    private static InetAddress towards(List<InetAddress> addresses) throws LimpidException {
        String reason = "";
        for (InetAddress address : addresses) {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(address, ANY_PORT);
                return socket.getLocalAddress();
            } catch (IOException | UncheckedIOException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        throw new LimpidException(
                ErrorCode.NETWORK,
                "there is no way to " + addresses.getLast().getHostAddress(),
                reason,
                "say with --my-address by which address the server reaches this machine");
    }

    private static boolean isOfThisMachine(InetAddress address) throws IOException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    private static String inUrl(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return address instanceof Inet6Address ? "[" + (scope < 0 ? text : text.substring(0, scope)) + "]" : text;
    }
}
